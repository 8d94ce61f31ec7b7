import Gob

extension Command {
    static let diff = Command(
        "diff",
        [.word("N", .messageNumber), .word("M", .messageNumber)],
        summary: "show how two messages received differ",
        details: """
            N and M are the messages' numbers, or "last". Of a STRING it shows the part
            that differs, of a GOB the types, then the values, by path. Fields are the
            same where their names are; "absent" is what one of them has not. As the
            program diff does, it fails where there is any difference.
            """,
        example: "diff 1 last"
    ) { session, arguments in
        let old = try arguments.checking("N") { try session.message(arguments[word: "N"]) }
        let new = try arguments.checking("M") { try session.message(arguments[word: "M"]) }
        let names = "messages \(old.number) and \(new.number)"
        let (differences, count) = session.differences(old, new)
        guard count > 0 else {
            let isSame = old.content.bytes == new.content.bytes
            let rest = isSame ? "" : " in types and values; their bytes are not"
            return await session.output.result("\(names) are equal\(rest)")
        }
        var rows = differences.map { $0.row(session.output.style) }
        if count > rows.count { rows.append("… \(count - rows.count) more") }
        await session.output.longResult(rows.joined(separator: "\n"))
        throw Failure(.failed, "\(names) differ in \(counted(count, "place"))")
    }
}

extension Session {
    /// How two messages differ: the first differences, and how many there are.
    fileprivate func differences(_ old: Message, _ new: Message) -> ([Difference], count: Int) {
        var differences: [Difference] = []
        if old.command != new.command {
            let names = [old, new].map(\.command.shown)
            differences.append(Difference(place: "command", old: names[0], new: names[1]))
        }
        switch (old.datum(cache), new.datum(cache)) {
        case (let old?, let new?):
            differences += TypeDifferences(old, new).differences
            let values = ValueDifferences(old, new)
            let count = differences.count + values.count
            return (differences + values.differences, count)
        case (nil, nil):
            if let difference = TextDifference(old.content.bytes, new.content.bytes) {
                differences.append(difference.difference(at: "data"))
            }
        // A value is no text.
        case (_?, nil), (nil, _?): break
        }
        return (differences, differences.count)
    }
}
