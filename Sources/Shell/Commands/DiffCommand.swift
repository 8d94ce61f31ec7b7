import Gob

extension Command {
    static let diff = Command(
        "diff",
        [.word("FILE.gob|N", .fileOrMessage), .word("FILE.gob|M", .fileOrMessage)],
        summary: "show how two messages or gob files differ",
        details: """
            N and M are numbers of messages received, or the word last, the latest one;
            of a file the first value counts. Of a STRING it shows the part that
            differs, of a GOB the types, then the values, by path. Fields are the same
            where their names are; "absent" is what one of them has not. As the program
            diff does, it fails where there is any difference.
            """,
        example: "diff 1 last"
    ) { session, arguments in
        let (old, new) = (
            try session.compared("FILE.gob|N", arguments),
            try session.compared("FILE.gob|M", arguments)
        )
        let names = Compared.names(old, new)
        let (differences, count) = old.differences(from: new)
        guard count > 0 else {
            return await session.output.result("\(names) are equal\(old.equality(with: new))")
        }
        var rows = differences.map { $0.row(session.output.style) }
        if count > rows.count { rows.append("… \(count - rows.count) more") }
        await session.output.longResult(rows.joined(separator: "\n"))
        throw Failure(.failed, "\(names) differ in \(counted(count, "place"))")
    }
}

extension Session {
    /// What a word means: the number of a message, or a file.
    fileprivate func compared(_ parameter: String, _ arguments: Arguments) throws -> Compared {
        let word = arguments[word: parameter]
        guard !word.isMessageNumber else {
            return Compared(try arguments.checking(parameter) { try message(word) }, cache)
        }
        var file = try GobFile(word, cache)
        defer { remark(on: file) }
        guard let datum = try file.next() else {
            throw Failure(.failed, "\(word.harmless): no value in it")
        }
        return Compared(datum, ofFile: word)
    }
}
