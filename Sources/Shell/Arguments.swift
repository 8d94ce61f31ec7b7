import GoTypes

/// What was given for a command's parameters.
package struct Arguments: Sendable {
    private struct Argument {
        let bytes: [UInt8]
        /// Where in the line it begins, in bytes from 1.
        let column: Int?
    }

    private var values: [String: Argument] = [:]
    /// The words of parameters that take several.
    private var lists: [String: [Words.Written]] = [:]
    /// The command inside the command, whose words are taken by whoever runs it.
    private var commands: [String: Words] = [:]
    private let command: Command
    private let home: String?

    /// Takes the arguments of a command.
    ///
    /// - Parameters:
    ///   - words: What follows the command's name; used up.
    ///   - command: Whose parameters are wanted.
    ///   - home: What `~/` stands for at the beginning of a path.
    /// - Throws: ``Failure`` with the status 64 where one is missing or too much.
    init(_ words: inout Words, of command: Command, home: String?) throws {
        self.command = command
        // The arguments of a process were a shell's before.
        self.home = words.isLine ? home : nil
        do {
            var pending = command.parameters[...]
            while let parameter = pending.first {
                let clauses = pending.prefix { $0.keyword != nil }
                pending = pending.dropFirst(max(clauses.count, 1))
                guard clauses.isEmpty else {
                    try take(Array(clauses), from: &words)
                    continue
                }
                try take(parameter, from: &words)
            }
            if let extra = try words.next() {
                let meant = nearest(to: extra, among: command.keywords)
                let hint = meant.map { "; did you mean \"\($0)\"?" } ?? ""
                let reason = "\"\(extra.harmless)\" is too much: \(command.synopsis)"
                throw Failure(.usage, reason + hint).at(column: words.column)
            }
        } catch let error as WordError {
            throw Failure(error, in: words)
        }
    }

    private mutating func take(
        _ parameter: Command.Parameter,
        from words: inout Words,
    ) throws {
        var rest = words
        switch parameter {
        case .word(let name, let kind):
            guard let word = try words.next() else { throw missing(name, command) }
            set(name, word, kind, words.column)
        case .optional(let name, let kind):
            guard let word = try rest.next(), !command.keywords.contains(word), kind.admits(word)
            else { return }
            set(name, word, kind, rest.column)
            words = rest
        case .text(let name, .command), .text(let name, .explained):
            // A comment is no command.
            guard try rest.next() != nil else { throw missing(name, command) }
            commands[name] = words
            words = Words(words: [])
        case .text(let name, _):
            guard let text = try words.text() else { throw missing(name, command) }
            values[name] = Argument(bytes: text, column: words.column)
        case .optionalText(let name, _):
            guard let text = try words.text() else { return }
            values[name] = Argument(bytes: text, column: words.column)
        case .words(let name, _, _):
            var taken: [Words.Written] = []
            while let word = try rest.nextWritten(), !word.isKeyword(in: command.keywords) {
                taken.append(word)
                words = rest
            }
            guard !taken.isEmpty else { throw missing(name, command) }
            lists[name] = taken
        // Their keywords were taken.
        case .clause(_, let parameter): try take(parameter, from: &words)
        case .flag(let keyword): values[keyword] = Argument(bytes: [], column: words.column)
        }
    }

    /// Takes the clauses that are given, in any order.
    private mutating func take(
        _ clauses: [Command.Parameter],
        from words: inout Words,
    ) throws {
        var clauses = clauses
        var rest = words
        while let word = try rest.next(),
            let index = clauses.firstIndex(where: { $0.keyword == word })
        {
            words = rest
            try take(clauses.remove(at: index), from: &words)
            rest = words
        }
    }

    private mutating func set(_ name: String, _ word: String, _ kind: WordKind, _ column: Int?) {
        let isPath = kind == .file || kind == .fileOrMessage
        let value = isPath ? HomePath.expanded(word, home: home) : word
        values[name] = Argument(bytes: Array(value.utf8), column: column)
    }

    /// A word that must be given.
    subscript(word name: String) -> String {
        guard let value = self[optional: name] else { preconditionFailure("no parameter \(name)") }
        return value
    }

    /// What may be left out.
    subscript(optional name: String) -> String? {
        values[name].map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// Whether a flag was given.
    subscript(flag keyword: String) -> Bool { values[keyword] != nil }

    /// The rest of the line, which may be left out.
    subscript(optionalText name: String) -> [UInt8]? { values[name]?.bytes }

    /// The rest of the line.
    subscript(text name: String) -> [UInt8] {
        guard let value = values[name] else { preconditionFailure("no parameter \(name)") }
        return value.bytes
    }

    /// The words of a parameter that takes several.
    subscript(words name: String) -> [Words.Written] {
        guard let words = lists[name] else { preconditionFailure("no parameter \(name)") }
        return words
    }

    /// A command, which is the rest of the line.
    subscript(command name: String) -> Words {
        guard let words = commands[name] else { preconditionFailure("no parameter \(name)") }
        return words
    }

    // MARK: What is read in a certain way

    /// A time, which may be left out.
    ///
    /// - Throws: ``Failure`` where it is none.
    func duration(_ name: String) throws -> Duration? {
        guard let word = self[optional: name] else { return nil }
        guard let duration = Duration(text: word) else {
            let reason = "\"\(word.harmless)\" is no duration, as 300ms, 1.5s or 2m"
            throw wrong(name, Failure(.usage, reason))
        }
        return duration
    }

    /// A number of things, as `messages`, from 1 on, which may be left out.
    ///
    /// - Throws: ``Failure`` where it is none.
    func count(_ name: String, of what: String) throws -> Int? {
        guard let word = self[optional: name] else { return nil }
        guard let count = Int(word), count > 0 else {
            let reason = "\"\(word.harmless)\" is no number of \(what), from 1 on"
            throw wrong(name, Failure(.usage, reason))
        }
        return count
    }

    /// The failure that a parameter's value is.
    func wrong(_ name: String, _ failure: Failure) -> Failure {
        failure.at(column: values[name]?.column)
    }

    /// Does something with a parameter's value, which is what is wrong where a ``Failure`` is thrown.
    func checking<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let failure as Failure {
            throw wrong(name, failure)
        }
    }

    /// Where the first word of a kind begins, in bytes from 1.
    func column(of kind: WordKind) -> Int? {
        command.parameters.lazy.compactMap { $0.name(ofKind: kind) }.first
            .flatMap { values[$0]?.column }
    }
}

extension Command.Parameter {
    /// What the word of a kind is called, if it is one.
    fileprivate func name(ofKind wanted: WordKind) -> String? {
        switch self {
        case .word(let name, let kind), .optional(let name, let kind), .text(let name, let kind),
            .optionalText(let name, let kind), .words(let name, let kind, _):
            kind == wanted ? name : nil
        case .clause(_, let parameter): parameter.name(ofKind: wanted)
        case .flag: nil
        }
    }
}

/// What comes next in a command that is not complete, and how such a one looks.
private func missing(_ parameter: String, _ command: Command) -> Failure {
    let example = command.example.isEmpty ? "" : ", as in: \(command.example)"
    return Failure(.usage, "\(parameter) is missing: \(command.synopsis)\(example)")
}
