import Gob
import Net

/// How pieces are sent, besides what they are.
struct RawManner: Sendable {
    /// Whether this side's stream ends behind them.
    let endsStream: Bool
    /// For how long the peer has nothing to say when it is not waited for any more.
    let patience: Duration

    /// How long that is unless told, and unless the peer is to end its stream, too.
    private static let usualPatience = Duration.seconds(1)

    /// What the arguments of a command ask for.
    ///
    /// - Parameters:
    ///   - arguments: The arguments.
    ///   - timeout: How long a reply may take.
    /// - Throws: ``Failure`` where they are wrong.
    init(_ arguments: Arguments, timeout: Duration) throws {
        endsStream = arguments[flag: "eof"]
        let usual = endsStream ? timeout : Self.usualPatience
        patience = try arguments.duration("D") ?? usual
    }
}

extension Session {
    /// Sends pieces to the peer that a word means, and prints what comes back, as it comes.
    ///
    /// - Throws: ``Failure`` where not all of it is taken, `NetError` where the peer cannot be reached.
    func sendRaw(_ pieces: RawPieces, to word: String, _ manner: RawManner) async throws {
        let body: @Sendable (Conversation) async throws -> Void = { [self] conversation in
            try await exchange(pieces, conversation, manner)
        }
        // Nothing more can be sent over a connection whose stream has ended.
        guard manner.endsStream else { return try await converse(with: word, body) }
        try await converseLast(with: word, body)
    }

    private func exchange(
        _ pieces: RawPieces,
        _ conversation: Conversation,
        _ manner: RawManner,
    ) async throws {
        let exchange = RawExchange(
            conn: conversation.conn,
            pieces: pieces.pieces,
            endsStream: manner.endsStream,
            patience: manner.patience,
            timeout: conversation.timeout,
            reader: AnswerReader(cache)
        )
        let origin = conversation.conn.origin
        let outcome = try await exchange.run { part in await self.show(part, from: origin) }
        if case .closed = outcome.end {
            await output.result("\"\(conversation.host)\" closed the connection")
        }
        try check(outcome, of: pieces, conversation)
        await output.result(summary(outcome, of: pieces, manner))
    }

    private func show(_ part: AnswerReader.Part, from origin: Message.Origin) async {
        switch part {
        case .text(let line):
            let text = line.text
            arrivals.add(.reply(text), from: origin.peer)
            let rest = line.last == lineEnd ? "" : output.style.paint(" (no line end)", as: .dim)
            await output.result(output.replyText(text) + rest)
        case .value(let datum, let stream):
            await receiver.receiveReply(datum, stream: stream, from: origin)
        case .bytes(let bytes):
            let text = InspectionText(style: output.style)
            await output.result(text.block(bytes, extent: output.extent))
        }
    }

    private func check(
        _ outcome: RawExchange.Outcome,
        of pieces: RawPieces,
        _ conversation: Conversation,
    ) throws {
        let count = pieces.pieces.count
        let part = count == 1 ? "all of it" : "more than \(outcome.sentCount) of \(count) pieces"
        let isWhole = outcome.sentCount == count
        switch (outcome.fault, outcome.end) {
        case (NetError.timedOut?, _):
            let limit = "within \(conversation.timeout.text)"
            throw Failure(.failed, "\"\(conversation.host)\" did not take \(part) \(limit)")
        case (_, .lost(let error)):
            let what = isWhole ? "" : " before it had taken \(part)"
            throw Failure(.failed, "\"\(conversation.host)\" is gone\(what): \(error)")
        case (let fault?, _):
            throw Failure(.failed, "\"\(conversation.host)\" did not take \(part): \(fault)")
        case (nil, .closed) where !isWhole:
            throw Failure(.failed, "\"\(conversation.host)\" did not take \(part)")
        case (nil, .closed), (nil, .quiet): return
        }
    }

    private func summary(
        _ outcome: RawExchange.Outcome,
        of pieces: RawPieces,
        _ manner: RawManner,
    ) -> String {
        let size = counted(pieces.pieces.reduce(0) { $0 + $1.bytes.count }, "byte")
        let count = pieces.pieces.count
        let sent = "sent \(size)" + (count > 1 ? " in \(count) pieces" : "")
        guard outcome.receivedSize == 0 else {
            return "\(sent), received \(counted(outcome.receivedSize, "byte"))"
        }
        if case .closed = outcome.end { return "\(sent), received nothing" }
        return "\(sent), received nothing within \(manner.patience.text)"
    }
}
