import GoTypes

/// All commands of the prompt: the one place where a command is added.
package struct CommandTable: Sendable {
    /// The commands, in the order of the help.
    package let commands: [Command]

    /// The commands of the program.
    package static let standard = CommandTable(commands: [
        .sendString, .sendStruct, .demo, .listen, .messages, .show, .save, .set, .type, .types,
        .load,
        .decode,
        .encode, .schema, .help, .quit,
    ])

    /// Runs the command that words begin with.
    ///
    /// - Throws: ``Failure``, or what means one.
    func run(_ words: Words, in session: Session) async throws {
        var words = words
        guard let command = try find(&words) else { return }
        let arguments = try Arguments(&words, of: command)
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
        // Of a name of two words the first may be what was meant.
        let names = commands.flatMap { command in
            [command.name] + command.name.split(separator: " ").prefix(1).map { String($0) }
        }
        let meant = nearest(to: name, among: names)
        let hint = meant.map { "did you mean \"\($0)\"?" } ?? "\"help\" lists the commands"
        return Failure(.usage, "unknown command \"\(name.harmless)\"; \(hint)")
    }
}
