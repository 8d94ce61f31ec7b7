import Net

/// Pieces that are sent over a connection, while what comes back is read.
struct RawExchange: Sendable {
    let conn: Conn
    let pieces: [RawPieces.Piece]
    /// Whether this side's stream ends behind them.
    let endsStream: Bool
    /// For how long the other side has nothing to say when it is not waited for any more.
    let patience: Duration
    /// How long the other side may let a piece wait.
    let timeout: Duration
    /// What tells apart what comes back.
    let reader: AnswerReader

    /// How it came to an end.
    enum End: Sendable {
        /// The other side had nothing more to say.
        case quiet
        /// The other side ended its stream.
        case closed
        /// The connection broke.
        case lost(NetError)
    }

    /// What came of it.
    struct Outcome: Sendable {
        var end = End.quiet
        /// How many bytes came back.
        var receivedSize = 0
        /// How many pieces were handed to the system.
        var sentCount = 0
        /// Why not all of it was taken, if so.
        var fault: NetError?
    }

    /// What one of the two halves of it came to.
    private enum Half: Sendable {
        case sent(fault: NetError?)
        case heard(End, size: Int)
        case stopped
    }

    /// Sends the pieces.
    ///
    /// - Parameter show: Is handed what comes back, as it comes.
    /// - Returns: What came of it, whatever the other side does.
    /// - Throws: `CancellationError`.
    func run(_ show: @escaping @Sendable (AnswerReader.Part) async -> Void) async throws -> Outcome
    {
        let progress = RawProgress()
        var outcome = Outcome()
        await withTaskGroup(of: Half.self) { group in
            group.addTask { await stoppable { .sent(fault: try await send(progress)) } }
            // Off the event loops, since values are decoded that may be long.
            group.addTask(executorPreference: globalConcurrentExecutor) {
                await stoppable { try await listen(progress, show) }
            }
            for await half in group {
                switch half {
                case .sent(let fault): outcome.fault = fault
                case .heard(let end, let size):
                    (outcome.end, outcome.receivedSize) = (end, size)
                    // There is nobody to send the rest to.
                    if progress.sentCount < pieces.count { group.cancelAll() }
                case .stopped: continue
                }
            }
        }
        try Task.checkCancellation()
        try await conn.perform { $0.setReadDeadline(nil) }
        outcome.sentCount = progress.sentCount
        return outcome
    }

    private func stoppable(_ body: () async throws -> Half) async -> Half {
        do { return try await body() } catch { return .stopped }
    }

    // MARK: Sending

    /// Sends all pieces.
    ///
    /// - Returns: Why not all of it was taken, if so.
    /// - Throws: `CancellationError`.
    private func send(_ progress: RawProgress) async throws -> NetError? {
        var fault: NetError?
        do {
            for piece in pieces {
                if let pause = piece.pause { try await Task.sleep(for: pause) }
                try Task.checkCancellation()
                try await send(piece, progress)
            }
            if endsStream { try await endStream() }
        } catch let error as NetError {
            fault = error
        }
        try await conn.perform { [patience] conn in
            progress.noteEnd()
            // For the read that waits, too.
            conn.setReadDeadline(.now + patience)
        }
        return fault
    }

    private func send(_ piece: RawPieces.Piece, _ progress: RawProgress) async throws {
        try await conn.perform { [timeout] conn in
            var rest = piece.bytes[...]
            while rest.count > Conversation.pieceSize {
                conn.setWriteDeadline(.now + timeout)
                try await conn.write(Array(rest.prefix(Conversation.pieceSize)))
                rest = rest.dropFirst(Conversation.pieceSize)
            }
            conn.setWriteDeadline(.now + timeout)
            try await conn.write(Array(rest))
            // Before the other side can have said anything about it.
            progress.noteSent()
            try await conn.flush()
            conn.setWriteDeadline(nil)
        }
    }

    private func endStream() async throws {
        try await conn.perform { [timeout] conn in
            conn.setWriteDeadline(.now + timeout)
            // Where the other side has closed the connection, that is what is to be said.
            do { try await conn.closeWrite() } catch is NetError {}
            conn.setWriteDeadline(nil)
        }
    }

    // MARK: Listening

    /// What the next read came to.
    private enum Read: Sendable {
        case bytes([UInt8])
        case silence
        case end(End)
    }

    /// Hands over what comes back, until it is over.
    private func listen(
        _ progress: RawProgress,
        _ show: @Sendable (AnswerReader.Part) async -> Void,
    ) async throws -> Half {
        var reader = reader
        var size = 0
        while true {
            let read = try await read(progress)
            if case .bytes(let bytes) = read {
                size += bytes.count
                for part in reader.take(bytes) { await show(part) }
                continue
            }
            if let part = reader.takeRest() { await show(part) }
            switch read {
            case .end(let end): return .heard(end, size: size)
            case .silence where progress.hasEnded: return .heard(.quiet, size: size)
            case .silence, .bytes: continue
            }
        }
    }

    private func read(_ progress: RawProgress) async throws -> Read {
        do {
            let bytes = try await conn.perform { [patience] conn in
                // While there is more to be sent, only what is held back is not to wait for ever.
                let limit = progress.hasEnded ? patience : Self.pauseToShow
                conn.setReadDeadline(.now + limit)
                return try await conn.read(upTo: Self.readSize)
            }
            return bytes.map { .bytes($0) } ?? .end(.closed)
        } catch NetError.timedOut {
            return .silence
        } catch let error as NetError {
            return .end(error == Self.closedByPeer ? .closed : .lost(error))
        }
    }

    private static let closedByPeer = NetError.connectionLost(cause: .closedByPeer)
    /// After how long a silence what is no whole part is handed over before all is sent.
    private static let pauseToShow = Duration.seconds(1)
    /// How many bytes are read at once.
    private static let readSize = 64 << 10
}
