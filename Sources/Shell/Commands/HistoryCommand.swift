extension Command {
    static let history = Command(
        "history",
        [.optional("N")],
        summary: "list the latest commands typed, 20 or N",
        details: """
            Commands are kept from one run to the next, in a text file that all peers
            of a user share: $XDG_STATE_HOME/gobtalk/history, or else
            ~/.local/state/gobtalk/history. One that begins with a space is not kept,
            nor is what is typed in a chat; --no-history keeps nothing.
            """,
        example: "history 100"
    ) { session, arguments in
        let count = try arguments.count("N", of: "commands") ?? 20
        let latest = session.history.latest(count)
        guard !latest.isEmpty else { return await session.output.result("no commands were typed") }
        let width = latest.last.map { "\($0.number)".count } ?? 0
        let rows = latest.map { number, line in
            let gap = String(repeating: " ", count: width - "\(number)".count)
            return "\(gap)\(number)  \(line.harmless)"
        }
        await session.output.result(rows.joined(separator: "\n"))
    }
}
