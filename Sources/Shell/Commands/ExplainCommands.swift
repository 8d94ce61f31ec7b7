import Gob

extension Command {
    static let explain = Command(
        "explain",
        [.text("SEND", .explained)],
        summary: "show what a send would send, byte by byte",
        details: """
            SEND is one of
                send string HOST TEXT
                send struct HOST FILE.json [as TYPE] [to RECEIVER]
                send raw HOST BYTES
                send bytes HOST PIECE
            Nothing is sent: its bytes are printed as "inspect" prints them, offsets
            counted from the first byte on the wire; what follows the name of a command
            that is not known is read as a gob, if it is one. Below a struct stands what
            a Go program has that decodes it into a new variable of the type RECEIVER,
            TYPE unless told: fields that are not sent, that it drops or never gets, and
            where it refuses the value, in Go's own words.
            """,
        example: "explain send struct localhost article.json"
    ) { session, arguments in
        let words = arguments[command: "SEND"]
        guard let command = try session.explained(words) else { return }
        try await command.run(in: session)
    }

    static let explainString = Command(
        sendString.name,
        sendString.parameters,
        summary: sendString.summary,
        example: sendString.example
    ) { session, arguments in
        let text = arguments[text: "TEXT"]
        try session.checkText(text)
        _ = try session.peers.host(arguments[word: "HOST"])
        let rows = try session.explanation.rows(Conversation.string(text))
        await session.output.longResult(rows.joined(separator: "\n"))
    }

    static let explainStruct = Command(
        sendStruct.name,
        sendStruct.parameters + [.clause("to", .text("RECEIVER", .type))],
        summary: sendStruct.summary,
        example: "\(sendStruct.example) to []int"
    ) { session, arguments in
        let types = ExplainedTypes(arguments[optional: "TYPE"], arguments[optional: "RECEIVER"])
        guard types.received?.isEmpty != true else {
            throw Failure(.usage, "RECEIVER is missing after \"to\", as in: to []int")
        }
        _ = try session.peers.host(arguments[word: "HOST"])
        let value = try session.value(of: arguments[word: "FILE.json"], as: types.sent)
        let variable = try types.received.map { try session.receivingType($0) } ?? value.type
        let rows = try session.explanation.rows(value.bytes)
        let forecast = try session.forecast(of: value, receivedAs: variable)
        await session.output.longResult((rows + [""] + forecast).joined(separator: "\n"))
    }
}

extension Command {
    static let explainRaw = explaining(sendRaw) { session, arguments in
        try RawPieces(joining: arguments[words: "BYTES"], from: session.rawSource)
    }

    static let explainBytes = explaining(sendBytes) { session, arguments in
        try RawPieces(arguments[words: "PIECE"], from: session.rawSource)
    }

    private static func explaining(
        _ command: Command,
        _ pieces: @escaping @Sendable (Session, Arguments) throws -> RawPieces,
    ) -> Command {
        Command(
            command.name,
            command.parameters,
            summary: command.summary,
            example: command.example
        ) { session, arguments in
            _ = try session.peers.host(arguments[word: "HOST"])
            let bytes = try pieces(session, arguments).pieces.flatMap(\.bytes)
            let rows = try session.explanation.rows(bytes)
            await session.output.longResult(rows.joined(separator: "\n"))
        }
    }
}

/// The types that stand after `as` and `to`.
///
/// What follows `as` is the rest of the line, since a type may have spaces, and so it has the `to`.
struct ExplainedTypes: Equatable {
    let sent: String?
    let received: String?

    init(_ sent: String?, _ received: String?) {
        let words = sent?.split(separator: " ") ?? []
        let places = words.indices.filter { index in
            // A field of a struct may be called so, too.
            words[index] == "to" && words[..<index].joined().isBalanced
        }
        guard received == nil, let place = places.last else {
            (self.sent, self.received) = (sent, received)
            return
        }
        self.sent = words[..<place].joined(separator: " ")
        self.received = words[(place + 1)...].joined(separator: " ")
    }
}

extension String {
    /// Whether as many braces are closed as are opened.
    fileprivate var isBalanced: Bool {
        count { $0 == "{" } == count { $0 == "}" }
    }
}

extension Session {
    fileprivate var explanation: Explanation {
        Explanation(style: output.style, limits: limits.gob) { [handlers] in
            handlers.known($0)?.form
        }
    }

    /// The send that is to be explained.
    ///
    /// - Throws: ``Failure`` where it is something else.
    fileprivate func explained(_ words: Words) throws -> PreparedCommand? {
        let table = CommandTable.explained
        var rest = words
        if let first = try? rest.next(), !table.firstWords.contains(first) {
            let sends = table.commands.map { "\"\($0.name)\"" }.joined(separator: " or ")
            let reason = "\"\(first.harmless)\" sends nothing that can be explained; \(sends) does"
            throw Failure(.usage, reason).at(column: rest.column)
        }
        return try table.prepare(words, home: home)
    }
}
