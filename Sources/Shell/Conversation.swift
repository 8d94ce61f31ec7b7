import Gob
import Net

/// What this side says to a peer: the article's client, on one connection.
struct Conversation {
    let host: HostPort
    let conn: Conn
    /// How long a reply may take.
    let timeout: Duration
    /// What came and was not waited for yet.
    let arrivals: Arrivals
    /// What is counted, if anything is.
    let statistics: Statistics?
    /// What holds the connection; `nil` where it is closed afterwards.
    let link: Link?
    /// Told what the peer said without having been asked.
    let unasked: @Sendable ([UInt8]) -> Void
    /// Told how far a long send is, if anybody is.
    let progress: Progress.Report?
    /// Told of each command when it was sent, and answered where that is its way, if anybody is.
    let report: (@Sendable (Sent) async -> Void)?

    /// The longest line that is accepted as a reply, in bytes: 1 MiB.
    private static let replyLimit = 1 << 20
    /// How many bytes are sent at a time.
    static let pieceSize = 256 << 10

    /// What a STRING is answered.
    struct Reply: Sendable {
        /// Without the line end.
        let text: [UInt8]
        /// How long it took.
        let time: Duration
    }

    /// The bytes of a STRING.
    static func string(_ text: [UInt8]) -> [UInt8] {
        Array("STRING\n".utf8) + text + [UInt8(ascii: "\n")]
    }

    /// The bytes of a gob stream of one value: the definitions, then the value.
    ///
    /// - Throws: `GobError`.
    static func stream(_ datum: GobDatum, _ cache: GobTypeCache) throws -> [UInt8] {
        var encoder = GobStreamEncoder(cache: cache)
        return try encoder.encode(datum)
    }

    /// The bytes of a GOB.
    static func gob(_ stream: [UInt8]) -> [UInt8] {
        Array("GOB\n".utf8) + stream
    }

    /// How many bytes of a GOB are no gob stream.
    static let gobNameSize = "GOB\n".utf8.count

    /// Sends a STRING and waits for its reply.
    ///
    /// - Throws: ``Failure`` where none comes, `NetError`.
    func sendString(_ text: [UInt8]) async throws -> Reply {
        let (start, bytes) = (ContinuousClock.now, Self.string(text))
        let reply = try await answering {
            try await send(bytes)
            return try await readReply(since: start)
        }
        conn.setDeadline(nil)
        await sent(bytes, reply)
        return reply
    }

    /// Sends a GOB, for which there is no reply.
    ///
    /// - Parameter bytes: What ``gob(_:)`` made.
    /// - Returns: How many bytes the gob stream had.
    /// - Throws: ``Failure`` where it cannot be sent.
    func sendGob(_ bytes: [UInt8]) async throws -> Int {
        try await taking {
            try await send(bytes)
            try await conn.flush()
        }
        await sent(bytes, nil)
        return bytes.count - Self.gobNameSize
    }

    /// Sends commands at once, and hands over each with its reply, if it has one.
    ///
    /// - Throws: ``Failure`` of the first that is not answered.
    func exchange(
        _ items: [Pipeline.Item],
        _ done: (Pipeline.Item, Reply?) async -> Void,
    ) async throws {
        let start = ContinuousClock.now
        try await answering {
            conn.setDeadline(start + timeout)
            for item in items.dropLast() { try await conn.write(item.bytes) }
            // Only one that is alone may be long.
            if let last = items.last { try await send(last.bytes) }
            try await conn.flush()
        }
        var last = start
        for item in items {
            switch item.kind {
            case .gob:
                await sent(item.bytes, nil)
                await done(item, nil)
            case .string:
                let reply = try await answering { try await readReply(since: start) }
                await sent(item.bytes, reply)
                await done(item, reply)
                // Each has its time; to set it anew for each would cost more than they do.
                guard start + reply.time - last > .milliseconds(100) else { continue }
                last = start + reply.time
                conn.setDeadline(last + timeout)
            }
        }
        conn.setDeadline(nil)
    }

    /// Reads the reply to a STRING.
    private func readReply(since start: ContinuousClock.Instant) async throws -> Reply {
        guard var text = try await conn.readLine(limit: Self.replyLimit) else {
            throw Failure(.failed, "\"\(host)\" closed the connection without a reply")
        }
        let size = text.count + 1
        if text.last == UInt8(ascii: "\r") { text.removeLast() }
        let reply = Reply(text: text, time: .now - start)
        statistics?.answered(after: reply.time, size: size)
        arrivals.add(.reply(text), from: conn.remoteAddress)
        return reply
    }

    /// Counts what was sent, and tells of it.
    private func sent(_ bytes: [UInt8], _ reply: Reply?) async {
        link?.isAnswered = reply != nil
        conn.countMessage()
        statistics?.sent(size: bytes.count)
        guard let report else { return }
        await report(
            Sent(connection: conn.id, peer: conn.remoteAddress, bytes: bytes, reply: reply)
        )
    }

    /// Does something that is over when there is a reply.
    private func answering<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch NetError.timedOut {
            throw Failure(.failed, "no reply from \"\(host)\" within \(timeout.text)")
        } catch let error as NetError {
            throw Failure(.failed, "no reply from \"\(host)\": \(error)")
        }
    }

    /// Does something that is over when the peer has taken a struct.
    private func taking(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch NetError.timedOut {
            throw Failure(.failed, "\"\(host)\" did not take the struct within \(timeout.text)")
        } catch let error as NetError {
            throw Failure(.failed, "\"\(host)\" did not take the struct: \(error)")
        }
    }

    /// Writes bytes, a piece at a time, each of which may take as long as a reply.
    private func send(_ bytes: [UInt8]) async throws {
        conn.setDeadline(.now + timeout)
        guard bytes.count > Self.pieceSize else { return try await conn.write(bytes) }
        var progress = Progress("sending to \(host)", progress)
        for start in stride(from: 0, to: bytes.count, by: Self.pieceSize) {
            let end = min(start + Self.pieceSize, bytes.count)
            try await conn.write(Array(bytes[start..<end]))
            progress.note(end, of: bytes.count)
            conn.setDeadline(.now + timeout)
        }
    }

    /// Where the connection is closed afterwards, ends the sending and waits for the peer to end its
    /// side: then it has read everything.
    ///
    /// A peer that does not end within two seconds has got the bytes into its system at least. What it
    /// says meanwhile is told.
    ///
    /// - Throws: ``Failure`` where the connection breaks instead, which a peer does that did not
    ///   want what was sent.
    func finish() async throws {
        guard link == nil else { return }
        var said: [UInt8] = []
        defer { if !said.isEmpty { unasked(said) } }
        do {
            conn.setDeadline(.now + timeout)
            try await conn.closeWrite()
            conn.setDeadline(.now + min(timeout, .seconds(2)))
            while let part = try await conn.read(upTo: 4_096) {
                if said.count < 4_096 { said += part }
            }
        } catch NetError.timedOut {
            return
        } catch let error as NetError {
            throw Failure(.failed, "\"\(host)\" did not take the struct: \(error)")
        }
    }
}
