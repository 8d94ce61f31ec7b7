import GoTypes

/// A command of the prompt: one element of the ``CommandTable``, and all that there is of it.
///
/// Parsing, help and the man page's test read the same parameters.
package struct Command: Sendable {
    /// What a command takes, in order.
    package indirect enum Parameter: Sendable, Equatable {
        /// A word that must be given.
        case word(String, WordKind = .plain)
        /// A word that may be left out.
        case optional(String, WordKind = .plain)
        /// The rest of the line.
        case text(String, WordKind = .plain)
        /// The rest of the line, which may be left out.
        case optionalText(String, WordKind = .plain)
        /// A keyword and what follows it, which may be left out together: `[as TYPE]`.
        ///
        /// Clauses and flags beside one another may come in any order.
        case clause(String, Parameter)
        /// A keyword alone, which may be left out: `[close]`.
        case flag(String)

        /// How it is shown: `HOST`, `[N]`, `[as TYPE]`.
        var synopsis: String {
            switch self {
            case .word(let name, _), .text(let name, _): name
            case .optional(let name, _), .optionalText(let name, _): "[\(name)]"
            case .clause(let keyword, let parameter): "[\(keyword) \(parameter.synopsis)]"
            case .flag(let keyword): "[\(keyword)]"
            }
        }

        /// The word that begins a clause, or is a flag.
        var keyword: String? {
            switch self {
            case .clause(let keyword, _), .flag(let keyword): keyword
            case .word, .optional, .text, .optionalText: nil
            }
        }
    }

    /// The word or words by which it is called: `send string`.
    package let name: String
    /// What follows the name.
    package let parameters: [Parameter]
    /// What it does, in one short sentence without a full stop.
    package let summary: String
    /// More about it, in rows of at most 76 columns.
    package let details: String
    /// A line that uses it, as it would be typed; empty where the name alone is one.
    package let example: String
    /// Does it.
    ///
    /// - Throws: ``Failure``, or what means one.
    package let run: @Sendable (Session, Arguments) async throws -> Void

    init(
        _ name: String,
        _ parameters: [Parameter] = [],
        summary: String,
        details: String = "",
        example: String = "",
        run: @escaping @Sendable (Session, Arguments) async throws -> Void,
    ) {
        self.name = name
        self.parameters = parameters
        self.summary = summary
        self.details = details
        self.example = example
        self.run = run
    }

    /// The name and the parameters: `send string HOST TEXT`, `messages [N]`.
    package var synopsis: String {
        ([name] + parameters.map(\.synopsis)).joined(separator: " ")
    }

    /// The words that begin its clauses, so that none of them is taken for a word left out.
    var keywords: [String] {
        parameters.compactMap(\.keyword)
    }
}

/// What was given for a command's parameters.
package struct Arguments: Sendable {
    private var values: [String: [UInt8]] = [:]
    private let home: String?

    /// Takes the arguments of a command.
    ///
    /// - Parameters:
    ///   - words: What follows the command's name; used up.
    ///   - command: Whose parameters are wanted.
    ///   - home: What `~/` stands for at the beginning of a path.
    /// - Throws: ``Failure`` with the status 64 where one is missing or too much.
    init(_ words: inout Words, of command: Command, home: String?) throws {
        // The arguments of a process were a shell's before.
        self.home = words.isLine ? home : nil
        do {
            var pending = command.parameters[...]
            while let parameter = pending.first {
                let clauses = pending.prefix { $0.keyword != nil }
                pending = pending.dropFirst(max(1, clauses.count))
                if clauses.isEmpty {
                    try take(parameter, from: &words, command)
                } else {
                    try take(anyOf: Array(clauses), from: &words, command)
                }
            }
            if let extra = try words.next() {
                let meant = nearest(to: extra, among: command.keywords)
                let hint = meant.map { "; did you mean \"\($0)\"?" } ?? ""
                let reason = "\"\(extra.harmless)\" is too much: \(command.synopsis)"
                throw Failure(.usage, reason + hint)
            }
        } catch let error as WordError {
            throw Failure(.usage, error.description)
        }
    }

    /// Takes those of some clauses that are there, in any order.
    private mutating func take(
        anyOf clauses: [Command.Parameter],
        from words: inout Words,
        _ command: Command,
    ) throws {
        var left = clauses
        while true {
            var rest = words
            let word = try rest.next()
            guard let index = left.firstIndex(where: { $0.keyword == word }) else { return }
            words = rest
            try take(left.remove(at: index), from: &words, command)
        }
    }

    private mutating func take(
        _ parameter: Command.Parameter,
        from words: inout Words,
        _ command: Command,
    ) throws {
        var rest = words
        switch parameter {
        case .word(let name, let kind):
            guard let word = try words.next() else { throw missing(name, command) }
            set(name, word, kind)
        case .optional(let name, let kind):
            guard let word = try rest.next(), !command.keywords.contains(word), kind.admits(word)
            else { return }
            set(name, word, kind)
            words = rest
        case .text(let name, _):
            guard let text = try words.text() else { throw missing(name, command) }
            values[name] = text
        case .optionalText(let name, _):
            values[name] = try words.text()
        case .clause(_, let parameter): try take(parameter, from: &words, command)
        case .flag(let keyword): values[keyword] = []
        }
    }

    private mutating func set(_ name: String, _ word: String, _ kind: WordKind) {
        let isPath = kind == .file || kind == .fileOrMessage
        values[name] = Array((isPath ? HomePath.expanded(word, home: home) : word).utf8)
    }

    /// A word that must be given.
    subscript(word name: String) -> String {
        guard let value = values[name] else { preconditionFailure("no parameter \(name)") }
        return String(decoding: value, as: UTF8.self)
    }

    /// What may be left out.
    subscript(optional name: String) -> String? {
        values[name].map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a flag was given.
    subscript(flag keyword: String) -> Bool { values[keyword] != nil }

    /// The rest of the line, which may be left out.
    subscript(optionalText name: String) -> [UInt8]? { values[name] }

    /// The rest of the line.
    subscript(text name: String) -> [UInt8] {
        guard let value = values[name] else { preconditionFailure("no parameter \(name)") }
        return value
    }
}

/// What comes next in a command that is not complete, and how such a one looks.
private func missing(_ parameter: String, _ command: Command) -> Failure {
    let example = command.example.isEmpty ? "" : ", as in: \(command.example)"
    return Failure(.usage, "\(parameter) is missing: \(command.synopsis)\(example)")
}
