extension Command {
    static let save = Command(
        "save",
        [.word("N", .messageNumber), .word("FILE", .file)],
        summary: "write a message received to a file",
        details: """
            The bytes as they came: the text of a STRING, without a line end, or the
            stream of a GOB, which "decode" and "schema" read. N is the message's
            number, or "last". A file that was there is replaced.
            """,
        example: "save last message.gob"
    ) { session, arguments in
        let message = try session.message(arguments[word: "N"])
        let path = arguments[word: "FILE"]
        guard path != "-" else {
            let show = "\"show \(message.number)\" prints it"
            throw Failure(.usage, "a message is not saved to standard output; \(show)")
        }
        var file = try OutputFile(path)
        switch message.content {
        case .text(let bytes), .gob(let bytes), .bytes(let bytes): try file.write(bytes)
        }
        try file.commit()
        let text = "wrote message \(message.number), \(message.size) bytes, to \(path.harmless)"
        await session.output.result(text)
    }
}
