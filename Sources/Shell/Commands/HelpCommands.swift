extension Command {
    static let help = Command(
        "help",
        [.optional("COMMAND", .command), .optional("SUBCOMMAND", .command)],
        summary: "list the commands, or explain one",
        details: "\"help keys\" lists the keys that edit a line.",
        example: "help send string"
    ) { session, arguments in
        let words = ["COMMAND", "SUBCOMMAND"].compactMap { arguments[optional: $0] }
        guard !words.isEmpty else { return await session.output.result(session.commands.overview) }
        await session.output.result(try session.commands.help(on: words))
    }

    static let quit = Command(
        "quit",
        summary: "end the program",
        details: "So does Ctrl-D on an empty line."
    ) { session, _ in
        session.end()
    }

    /// How wide a row of the help may be.
    private static let helpWidth = 80

    fileprivate var helpText: String {
        let rows =
            details.isEmpty ? [] : details.split(separator: "\n", omittingEmptySubsequences: false)
        let examples = example.isEmpty ? [] : ["Example: \(example)"]
        let all = rows.map { "    \($0)" } + examples.map { "    \($0)" }
        let head = "\(synopsis): \(summary)"
        let isWide = head.count > Self.helpWidth
        let start = isWide ? ["\(synopsis):", "    \(summary)"] : [head]
        return (start + all).joined(separator: "\n")
    }
}

extension CommandTable {
    /// What is said of a command, of all that begin with a word, or of a topic.
    fileprivate func help(on words: [String]) throws -> String {
        let name = words.joined(separator: " ")
        if let topic = HelpTopic.all.first(where: { $0.name == name }) { return topic.text }
        let matching = matching(words)
        guard matching.isEmpty else {
            return matching.map(\.helpText).joined(separator: "\n\n")
        }
        let hint = meant(by: name, among: commands) ?? "\"help\" lists them"
        throw Failure(.usage, "there is no command \"\(name.harmless)\"; \(hint)")
    }

    /// Every command with what it takes and does, by groups.
    fileprivate var overview: String {
        let groups = groups.map { group in
            ([group.title] + group.commands.map(\.overview)).joined(separator: "\n")
        }
        let end = """
            HOST is NAME[:PORT], [IPV6]:PORT, :PORT (here) or unix:PATH; the port is 61000.
            "help COMMAND" says more of one, "help keys" what the keys do; Tab completes.
            """
        return (groups + [end]).joined(separator: "\n\n")
    }
}

extension Command {
    /// How wide a synopsis may be to have the summary beside it.
    private static let overviewWidth = 27

    fileprivate var overview: String {
        let isWide = synopsis.count > Self.overviewWidth
        let start = isWide ? "  \(synopsis)\n  " : "  \(synopsis)"
        let width = isWide ? 0 : synopsis.count
        return start + String(repeating: " ", count: Self.overviewWidth - width + 2) + summary
    }
}
