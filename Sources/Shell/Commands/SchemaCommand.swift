extension Command {
    static let schema = Command(
        "schema",
        [.optional("FILE.gob|N", .fileOrMessage)],
        summary: "print the types of a gob as Go source",
        details: """
            Of a file, or of a message received: N is its number, or the word last, the
            latest one; so is none. It is a file that Go compiles and "load" takes;
            comments say what a gob does not tell. Widths and pointers are on the wire
            only of fields that are lists or maps: other integers come as int64 or
            uint64, and only what is inside itself is a pointer.
            """,
        example: "schema last"
    ) { session, arguments in
        let text = arguments[optional: "FILE.gob|N"] ?? String.lastMessage
        var file = try session.gobFile(text)
        let (source, failure) = file.source()
        session.remark(on: file)
        // What came before a break is as good as ever.
        if let text = source { await session.output.result(session.output.source(text)) }
        if let failure { throw failure }
        if source == nil { throw Failure(.failed, "\(text.harmless): no value in it") }
    }
}

extension GobFile {
    /// The types of its values as Go source, `nil` where there is none; and why it could not be read to
    /// its end.
    mutating func source() -> (text: String?, failure: (any Error)?) {
        var source = GobSource()
        do {
            while let datum = try next() { source.add(datum) }
            return (source.text, nil)
        } catch {
            return (source.text, error)
        }
    }
}

extension Session {
    /// What a word means: the number of a message, or the path of a file.
    ///
    /// - Throws: ``Failure`` where there is none such.
    func gobFile(_ word: String) throws -> GobFile {
        word.isMessageNumber ? try GobFile(message(word), cache) : try GobFile(word, cache)
    }

    /// Says what is to be said of a file that was read, beside its values.
    func remark(on file: GobFile) {
        if let remark = file.remark { output.notice(remark) }
    }
}
