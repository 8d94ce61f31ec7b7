import GoTypes
import Gob

extension Command {
    static let sendString = Command(
        "send string",
        [.word("HOST", .host), .text("TEXT")],
        summary: "send a line of text, and show the reply",
        details: """
            Sends the command STRING with TEXT, waits for the peer's answer and prints
            it with the time it took. TEXT is the rest of the line as it is typed;
            where that is exactly one literal, "…" with Go's escapes or '…' without
            any, it is what the literal stands for. A STRING is one line: TEXT with a
            line end in it is refused.
            """,
        example: "send string localhost hello",
        isPipelined: true
    ) { session, arguments in
        let text = arguments[text: "TEXT"]
        try session.checkText(text)
        try await session.sendString(text, to: arguments[word: "HOST"])
    }

    static let sendStruct = Command(
        "send struct",
        [.word("HOST", .host), .word("FILE.json", .file), .clause("as", .text("TYPE", .type))],
        summary: "send the struct that a JSON file describes",
        details: """
            Sends the command GOB with the value of TYPE that the file describes: a
            type that is declared ("types" lists them), or any that Go can write, as
            []Point or map[string]*Point. Unless told it is a complexData, the struct
            of the article ("types complexData" shows it), for example
                {"N": 1, "M": {"one": 1}, "P": {"@text": "abc"}, "C": {"S": "in"}}
            Bytes, as in P, are base64, a list of numbers, or {"@text": "…"}. A GOB
            has no reply. "help send raw" says how a value goes out under another
            command's name.
            """,
        example: "send struct localhost article.json",
        isPipelined: true
    ) { session, arguments in
        let path = arguments[word: "FILE.json"]
        let value = try session.value(of: path, as: arguments[optional: "TYPE"])
        try await session.sendGob(value.bytes, of: value.name, to: arguments[word: "HOST"])
    }

    static let demo = Command(
        "demo",
        [.word("HOST", .host)],
        summary: "send what the article's client sends",
        details: """
            On one connection, as the client of the article "TCP/IP Networking" does:
            a STRING, its reply, then a GOB with a complexData that has another inside.
            """,
        example: "demo localhost"
    ) { session, arguments in
        let output = session.output
        try await session.converse(with: arguments[word: "HOST"]) { conversation in
            await output.remark("STRING: \(Article.text)")
            let reply = try await conversation.sendString(Array(Article.text.utf8))
            await output.remark(output.reply(reply))
            let gob = Conversation.gob(try Conversation.stream(Article.datum, session.cache))
            let size = try await conversation.sendGob(gob)
            let literal = session.messageText.literal(Article.datum, extent: .whole).rows
            await output.remark("GOB: " + literal.joined(separator: "\n"))
            try await conversation.finish()
            await output.remark("sent complexData, \(size) bytes")
        }
    }
}

/// A value that a JSON file describes, and its bytes.
struct ValueToSend {
    let datum: GobDatum
    let type: GoType
    /// How the type is shown.
    let name: String
    /// The gob stream of it.
    let stream: [UInt8]
    /// The command GOB, its name included.
    var bytes: [UInt8] { Conversation.gob(stream) }
}

extension Session {
    /// The value that a JSON file describes, of a type that may be left out.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - text: The type.
    ///   - mark: What stands before the type.
    /// - Returns: The value.
    /// - Throws: ``Failure`` where the file is no value of the type.
    func value(
        of path: String,
        as text: String?,
        after mark: String = "as ",
    ) throws -> ValueToSend {
        let (types, type, name) = try type(text, after: mark)
        let datum = try JSONFile(path, as: type, in: types).datum()
        let stream = try Conversation.stream(datum, cache)
        return ValueToSend(datum: datum, type: type, name: name, stream: stream)
    }
}

extension Output {
    /// A reply and how long it took; a long one is cut on a screen.
    func reply(_ reply: Conversation.Reply) -> String {
        "\(replyText(reply.text)) (\(reply.time.text))"
    }
}
