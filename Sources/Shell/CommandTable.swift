import GoTypes

/// All commands of the prompt: the one place where a command is added.
package struct CommandTable: Sendable {
    /// Commands that belong together.
    package struct Group: Sendable {
        /// What they are for, in a few words.
        let title: String
        /// The commands, in the order of the help.
        let commands: [Command]
    }

    /// The commands, as the help shows them.
    package let groups: [Group]
    /// All commands.
    package let commands: [Command]

    /// The commands of the program.
    package static let standard = CommandTable(groups: [
        Group(title: "Send", commands: [.sendString, .sendStruct, .demo]),
        Group(
            title: "Peers",
            commands: [
                .connect, .disconnect, .chat, .reply, .retry, .alias, .unalias, .peers, .resolve,
            ]
        ),
        Group(title: "Receive", commands: [.listen, .unlisten, .messages, .show, .save]),
        Group(title: "Answer", commands: [.on, .off, .handlers]),
        Group(title: "Record", commands: [.record, .replay, .script]),
        Group(
            title: "Types and files",
            commands: [.type, .types, .load, .decode, .encode, .schema]
        ),
        Group(title: "This program", commands: [.set, .history, .help, .quit]),
    ])

    /// The commands of these groups.
    init(groups: [Group]) {
        self.groups = groups
        commands = groups.flatMap(\.commands)
    }

    /// Runs the command that words begin with.
    ///
    /// - Throws: ``Failure``, or what means one.
    func run(_ words: Words, in session: Session) async throws {
        var words = words
        guard let command = try find(&words) else { return }
        let arguments = try Arguments(&words, of: command, home: session.home)
        try await command.run(session, arguments)
    }

    /// The commands whose names begin with these words, whole or as far as they go.
    func matching(_ words: [String]) -> [Command] {
        commands.filter { command in
            zip(command.name.split(separator: " "), words).allSatisfy { $0 == $1 }
        }
    }

    /// Takes a command's name; `nil` where there are no words at all.
    private func find(_ words: inout Words) throws -> Command? {
        do {
            guard let first = try words.next() else { return nil }
            if let command = commands.first(where: { $0.name == first }) { return command }
            let family = commands.filter { $0.name.hasPrefix(first + " ") }
            guard !family.isEmpty else { throw unknown(first, among: commands) }
            guard let second = try words.next() else {
                let choice = family.map { "\"\($0.name)\"" }.joined(separator: " or ")
                throw Failure(.usage, "\"\(first)\" is not complete: \(choice)")
            }
            let name = "\(first) \(second)"
            guard let command = family.first(where: { $0.name == name }) else {
                throw unknown(name, among: family)
            }
            return command
        } catch let error as WordError {
            throw Failure(.usage, error.description)
        }
    }

    private func unknown(_ name: String, among commands: [Command]) -> Failure {
        let hint = meant(by: name, among: commands) ?? "\"help\" lists the commands"
        return Failure(.usage, "unknown command \"\(name.harmless)\"; \(hint)")
    }

    /// The question whether something else was meant: what begins so, or else what is near.
    func meant(by name: String, among commands: [Command]) -> String? {
        // Of a name of two words the first may be what was meant.
        let names = commands.flatMap { command in
            [command.name] + command.name.split(separator: " ").prefix(1).map { String($0) }
        }
        let longer = Set(names.filter { $0.hasPrefix(name) && !$0.contains(" ") }).sorted()
        let meant = (1...3) ~= longer.count ? longer : nearest(to: name, among: names).map { [$0] }
        return meant.map { names in
            "did you mean " + names.map { "\"\($0)\"" }.joined(separator: " or ") + "?"
        }
    }
}
