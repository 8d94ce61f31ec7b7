import Gob
import GobJSON

extension Command {
    static let sendString = Command(
        "send string",
        [.word("HOST"), .text("TEXT")],
        summary: "send a line of text, and show the reply",
        details: """
            Sends the command STRING with TEXT, waits for the peer's answer and prints
            it with the time it took. TEXT is the rest of the line as it is typed;
            where that is exactly one literal, "…" with Go's escapes or '…' without
            any, it is what the literal stands for. A STRING is one line: TEXT with a
            line end in it is refused.
            """
    ) { session, arguments in
        let text = arguments[text: "TEXT"]
        guard !text.contains(UInt8(ascii: "\n")) else {
            throw Failure(.usage, "TEXT has a line end in it, and a STRING is one line")
        }
        guard text.count <= WireHandler.textLimit else {
            let limit = WireHandler.textLimit
            throw Failure(.usage, "TEXT has \(text.count) bytes; \(limit) is the most")
        }
        let (reply, time) = try await session.converse(with: arguments[word: "HOST"]) {
            try await $0.sendString(text)
        }
        await session.output.result(session.output.reply(reply, time))
    }

    static let sendStruct = Command(
        "send struct",
        [.word("HOST"), .word("FILE.json")],
        summary: "send the struct that a JSON file describes",
        details: """
            Sends the command GOB with a complexData, the struct of the article:
                type complexData struct {
                    N int
                    S string
                    M map[string]int
                    P []byte
                    C *complexData
                }
            The file has an object with its fields, for example
                {"N": 1, "M": {"one": 1}, "P": {"@text": "abc"}, "C": {"S": "in"}}
            P is base64, a list of numbers, or {"@text": "…"}. A GOB has no reply.
            """
    ) { session, arguments in
        let datum = try readStruct(arguments[word: "FILE.json"])
        let size = try await session.converse(with: arguments[word: "HOST"]) { conversation in
            let size = try await conversation.sendStruct(datum)
            try await conversation.finish()
            return size
        }
        await session.output.result(
            "sent \(datum.schema.displayName(of: datum.type)), \(size) bytes"
        )
    }

    static let demo = Command(
        "demo",
        [.word("HOST")],
        summary: "send what the article's client sends",
        details: """
            On one connection, as the client of the article "TCP/IP Networking" does:
            a STRING, its reply, then a GOB with a complexData that has another inside.
            """
    ) { session, arguments in
        let output = session.output
        try await session.converse(with: arguments[word: "HOST"]) { conversation in
            await output.result("STRING: \(Article.text)")
            let (reply, time) = try await conversation.sendString(Array(Article.text.utf8))
            await output.result(output.reply(reply, time))
            let size = try await conversation.sendStruct(Article.datum)
            let literal = GoLiteral(Article.datum).rows.joined(separator: "\n")
            await output.result("GOB: \(literal)")
            try await conversation.finish()
            await output.result("sent complexData, \(size) bytes")
        }
    }

    private static func readStruct(_ path: String) throws -> GobDatum {
        let bytes = try InputFile.read(path)
        do {
            let reader = GobJSONReader(types: Article.types)
            return try reader.datum(JSONValue(parsing: bytes), as: Article.type)
        } catch {
            throw Failure(
                .failed,
                "\(path.harmless):\(error.isPlaced ? "" : " ")\("\(error)".harmless)"
            )
        }
    }
}

extension Output {
    /// A reply and how long it took; a long one is cut on a screen.
    fileprivate func reply(_ reply: [UInt8], _ time: Duration) -> String {
        let text = Harmless.text(Array(reply.prefix(extent.bytes)))
        let rest = reply.count > extent.bytes ? "… \(reply.count) bytes in all" : ""
        return "\(text)\(rest) (\(time.text))"
    }
}

extension GobJSONError {
    /// Whether its text begins with line and column, which follow a file's name without a space.
    fileprivate var isPlaced: Bool {
        if case .notJSON = fault { true } else { false }
    }
}
