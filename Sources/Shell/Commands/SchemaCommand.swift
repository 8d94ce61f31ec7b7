extension Command {
    static let schema = Command(
        "schema",
        [.word("FILE.gob|N", .fileOrMessage)],
        summary: "print the types of a gob as Go source",
        details: """
            Of a file, or of the message received with the number N, or the "last" one.
            It is a file that Go compiles and "load" takes; comments say what a gob does
            not tell. Widths and pointers are not on the wire: integers come as int64 or
            uint64, and only what is inside itself is a pointer.
            """,
        example: "schema last"
    ) { session, arguments in
        let text = arguments[word: "FILE.gob|N"]
        var file =
            text.isMessageNumber
            ? try GobFile(session.message(text), session.cache) : try GobFile(text, session.cache)
        var source = GobSource()
        do {
            while let datum = try file.next() { source.add(datum) }
        } catch {
            // What came before is as good as ever.
            if let text = source.text { await session.output.result(session.output.source(text)) }
            throw error
        }
        guard let text = source.text else {
            throw Failure(.failed, "\(text.harmless): no value in it")
        }
        await session.output.result(session.output.source(text))
    }
}
