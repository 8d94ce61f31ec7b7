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
    private let byName: [String: Command]
    /// The commands of two words, by the first.
    private let families: [Substring: [Command]]

    /// The commands of the program.
    package static let standard = CommandTable(groups: [
        Group(
            title: "Send",
            commands: [.sendString, .sendStruct, .sendRaw, .sendBytes, .demo, .explain]
        ),
        Group(
            title: "Peers",
            commands: [
                .connect, .disconnect, .chat, .reply, .retry, .alias, .unalias, .peers, .resolve,
            ]
        ),
        Group(title: "Receive", commands: [.listen, .unlisten, .messages, .show, .diff, .save]),
        Group(title: "Answer", commands: [.on, .off, .handlers]),
        Group(title: "Between two others", commands: [.proxy, .unproxy]),
        Group(title: "Record", commands: [.record, .replay, .script]),
        Group(
            title: "Types and files",
            commands: [.type, .types, .load, .decode, .encode, .schema, .inspect]
        ),
        Group(title: "Scripts", commands: [.wait, .expect, .sleep, .echo, .repeat, .source]),
        Group(title: "This program", commands: [.set, .history, .help, .quit]),
    ])

    /// What `explain` takes: the sends, each of which says there what it would send.
    static let explained = CommandTable(groups: [
        Group(
            title: "Explain",
            commands: [.explainString, .explainStruct, .explainRaw, .explainBytes]
        )
    ])

    /// The commands of these groups.
    init(groups: [Group]) {
        self.groups = groups
        commands = groups.flatMap(\.commands)
        byName = Dictionary(uniqueKeysWithValues: commands.map { ($0.name, $0) })
        let long = commands.filter { $0.name.contains(" ") }
        families = Dictionary(grouping: long) { $0.name.prefix { $0 != " " } }
    }

    /// The command that words begin with, ready to run.
    ///
    /// - Returns: `nil` where there are no words at all.
    /// - Throws: ``Failure`` where it is none, or not complete.
    func prepare(_ words: Words, home: String?) throws -> PreparedCommand? {
        var words = words
        guard let command = try find(&words) else { return nil }
        let arguments = try Arguments(&words, of: command, home: home)
        return PreparedCommand(command: command, arguments: arguments)
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
            if let command = byName[first] { return command }
            let start = words.column
            guard let family = families[first[...]] else {
                throw unknown(first, among: commands).at(column: start)
            }
            guard let second = try words.next() else {
                let choice = family.map { "\"\($0.name)\"" }.joined(separator: " or ")
                throw Failure(.usage, "\"\(first)\" is not complete: \(choice)")
            }
            guard let command = byName["\(first) \(second)"] else {
                throw unknown("\(first) \(second)", among: family).at(column: words.column)
            }
            return command
        } catch let error as WordError {
            throw Failure(error, in: words)
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
