extension Command {
    static let help = Command(
        "help",
        [.optional("COMMAND", .command), .optional("SUBCOMMAND", .command)],
        summary: "list the commands, or explain one"
    ) { session, arguments in
        let words = ["COMMAND", "SUBCOMMAND"].compactMap { arguments[optional: $0] }
        guard !words.isEmpty else { return await session.output.result(session.commands.overview) }
        let matching = session.commands.matching(words)
        guard !matching.isEmpty else {
            let name = words.joined(separator: " ").harmless
            throw Failure(.usage, "there is no command \"\(name)\"; \"help\" lists them")
        }
        await session.output.result(matching.map(\.helpText).joined(separator: "\n\n"))
    }

    static let quit = Command(
        "quit",
        summary: "end the program",
        details: "So does Ctrl-D on an empty line."
    ) { session, _ in
        session.end()
    }

    fileprivate var helpText: String {
        let rows =
            details.isEmpty ? [] : details.split(separator: "\n", omittingEmptySubsequences: false)
        return (["\(synopsis): \(summary)"] + rows.map { "    \($0)" }).joined(separator: "\n")
    }
}

extension CommandTable {
    /// Every command with what it takes and does, a row each.
    fileprivate var overview: String {
        let width = commands.map(\.synopsis.count).max() ?? 0
        let rows = commands.map { command in
            let gap = String(repeating: " ", count: width - command.synopsis.count + 2)
            return command.synopsis + gap + command.summary
        }
        let hosts =
            "HOST is NAME, NAME:PORT, [IPV6]:PORT or :PORT (this machine); the port is 61000."
        return (rows + ["", hosts]).joined(separator: "\n")
    }
}
