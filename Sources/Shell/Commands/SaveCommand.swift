extension Command {
    static let save = Command(
        "save",
        [.word("N", .messageNumber), .word("FILE", .file)],
        summary: "write a message received to a file, or all",
        details: """
            The bytes as they came: the text of a STRING, without a line end, or the
            stream of a GOB, which "decode" and "schema" read. N is the message's
            number, or the word last, the latest one. For the word all the file is a
            transcript for people: the messages that are kept, as "show" has them. A
            file that was there is replaced.
            """,
        example: "save last message.gob"
    ) { session, arguments in
        let (word, path) = (arguments[word: "N"], arguments[word: "FILE"])
        let message = word == "all" ? nil : try session.message(word)
        guard path != "-" else {
            let show = message.map { "\"show \($0.number)\" prints it" }
            throw Failure(
                .usage,
                "a message is not saved to standard output; "
                    + (show ?? "\"messages\" lists them all")
            )
        }
        var file = try OutputFile(path)
        let what =
            if let message {
                try file.save(message)
            } else {
                try session.saveTranscript(in: &file)
            }
        try file.commit()
        await session.output.result("wrote \(what), to \(path.harmless)")
    }
}

extension OutputFile {
    /// Writes what a message brought.
    ///
    /// - Returns: What that is, in words.
    fileprivate mutating func save(_ message: Message) throws -> String {
        try write(message.content.bytes)
        return "message \(message.number), \(message.size) bytes"
    }
}

extension Session {
    /// Writes all messages that are kept, for people to read.
    ///
    /// - Returns: What that is, in words.
    fileprivate func saveTranscript(in file: inout OutputFile) throws -> String {
        let messages = log.latest(.max)
        let format = MessageText(inFile: settings)
        for message in messages {
            let block = format.block(message, message.datum(cache), extent: .whole)
            try file.write(Array((block + "\n").utf8))
        }
        return "a transcript of " + counted(messages.count, "message")
    }
}
