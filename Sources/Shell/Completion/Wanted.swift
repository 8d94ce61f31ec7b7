/// What the command table says may stand at the cursor.
struct Wanted: Equatable {
    /// One of the things that may stand there.
    enum Choice: Equatable {
        /// One of the words that begin commands, or go on after the first.
        case words([String])
        /// The keyword of a clause.
        case keyword(String)
        /// A word of a kind; the word before it says more of some kinds.
        case word(WordKind, after: String?)
    }

    /// The name at the end of a type: of `map[string]*Po` it is the last one that is typed.
    static func typeName(at text: [UInt8]) -> [UInt8] {
        let name = String(decoding: text, as: UTF8.self).reversed().prefix {
            $0.isLetter || $0.isNumber || $0 == "_"
        }
        return Array(String(name.reversed()).utf8)
    }

    let choices: [Choice]
    let typed: TypedWord
    /// How the command is called, once that is clear.
    let synopsis: String?
}

extension CommandTable {
    /// What may stand at the end of a line, or `nil` where nothing may that is known.
    func wanted(atEndOf line: some Sequence<UInt8>) -> Wanted? {
        var scanner = CursorScanner(line)
        return wanted(&scanner)
    }

    private func wanted(_ scanner: inout CursorScanner) -> Wanted? {
        switch scanner.next() {
        case .nothing: nil
        case .typed(let typed): Wanted(choices: [.words(firstWords)], typed: typed, synopsis: nil)
        case .word(let name): wanted(after: name, &scanner)
        }
    }

    private func wanted(after first: String, _ scanner: inout CursorScanner) -> Wanted? {
        let command = commands.first { $0.name == first }
        guard commands.contains(where: { $0.name.hasPrefix(first + " ") }) else {
            return command.flatMap { wanted(by: $0, &scanner) }
        }
        let beforeSecond = scanner
        switch scanner.next() {
        case .nothing: return nil
        case .typed(let typed):
            scanner = beforeSecond
            let own = command.flatMap { wanted(by: $0, &scanner) }
            let choices = [.words(secondWords(of: first))] + (own?.choices ?? [])
            return Wanted(choices: choices, typed: typed, synopsis: own?.synopsis)
        case .word(let second):
            let name = "\(first) \(second)"
            if let command = commands.first(where: { $0.name == name }) {
                return wanted(by: command, &scanner)
            }
            scanner = beforeSecond
            return command.flatMap { wanted(by: $0, &scanner) }
        }
    }

    private func wanted(by command: Command, _ scanner: inout CursorScanner) -> Wanted? {
        var pending = command.parameters[...]
        var last: String?
        var isFurther = false
        while let parameter = pending.first {
            if let kind = parameter.textKind {
                return wanted(kind, after: last, command, &scanner)
            }
            let before = scanner
            switch scanner.next() {
            case .nothing: return nil
            case .typed(let typed):
                return Wanted(
                    choices: choices(pending, after: last, isFurther: isFurther),
                    typed: typed,
                    synopsis: command.synopsis
                )
            case .word(let word) where pending.beginCommand(with: word):
                scanner = before
                return wanted(&scanner)
            case .word(let word):
                guard let rest = command.pending(after: word, pending) else { return nil }
                isFurther = parameter.takesSeveral && rest == pending
                pending = rest
                last = word
            }
        }
        return nil
    }

    /// What may stand in the rest of a line.
    private func wanted(
        _ kind: WordKind,
        after last: String?,
        _ command: Command,
        _ scanner: inout CursorScanner,
    ) -> Wanted? {
        // A command within a command is split into words again.
        if kind == .command { return wanted(&scanner) }
        if kind == .explained { return CommandTable.explained.wanted(&scanner) }
        let text = scanner.text()
        var typed = text
        if kind == .type { typed = Wanted.typeName(at: text) }
        return Wanted(
            choices: [.word(kind, after: last)],
            typed: TypedWord(typed, .text, isStart: text.isEmpty),
            synopsis: command.synopsis
        )
    }

    /// What may stand behind the words so far; they end inside a parameter that takes several, or before
    /// the first of those that are left.
    private func choices(
        _ pending: ArraySlice<Command.Parameter>,
        after last: String?,
        isFurther: Bool,
    ) -> [Wanted.Choice] {
        var choices: [Wanted.Choice] = []
        for parameter in pending {
            switch parameter {
            case .optional(_, let kind):
                choices.append(.word(kind, after: last))
            case .clause(let keyword, _), .flag(let keyword):
                choices.append(.keyword(keyword))
            case .words(_, let kind, let clause):
                choices.append(.word(kind, after: last))
                guard isFurther else { return choices }
                if let keyword = clause?.keyword { choices.append(.keyword(keyword)) }
            case .text(_, .command):
                return choices + [.words(firstWords)]
            case .word(_, let kind), .text(_, let kind), .optionalText(_, let kind):
                return choices + [.word(kind, after: last)]
            }
        }
        return choices
    }
}

extension Command {
    /// The parameters that are left after a word, or `nil` where it is too much.
    fileprivate func pending(
        after word: String,
        _ pending: ArraySlice<Parameter>,
    ) -> ArraySlice<Parameter>? {
        guard let parameter = pending.first else { return nil }
        let clauses = pending.prefix { $0.keyword != nil }
        guard clauses.isEmpty else { return self.pending(after: word, pending, clauses: clauses) }
        let rest = pending.dropFirst()
        switch parameter {
        case .word, .text, .optionalText: return rest
        case .optional(_, let kind):
            let isLeftOut = keywords.contains(word) || !kind.admits(word)
            return isLeftOut ? self.pending(after: word, rest) : rest
        case .words(_, _, .clause(word, let inside)): return [inside] + pending
        case .words: return keywords.contains(word) ? self.pending(after: word, rest) : pending
        case .clause, .flag: return nil
        }
    }

    /// The parameters that are left after a word that may begin one of the clauses beside one another.
    private func pending(
        after word: String,
        _ pending: ArraySlice<Parameter>,
        clauses: ArraySlice<Parameter>,
    ) -> ArraySlice<Parameter>? {
        let rest = pending.dropFirst(clauses.count)
        guard let index = clauses.firstIndex(where: { $0.keyword == word }) else {
            return self.pending(after: word, rest)
        }
        var left = clauses
        let taken = left.remove(at: index)
        let inside: [Parameter] =
            if case .clause(_, let parameter) = taken { [parameter] } else { [] }
        return inside + left + rest
    }
}

extension ArraySlice<Command.Parameter> {
    /// Whether a word begins a command that is the rest of the line, whose clauses are left out.
    fileprivate func beginCommand(with word: String) -> Bool {
        for parameter in self {
            switch parameter {
            case .clause(let keyword, _) where keyword != word: continue
            case .text(_, .command): return true
            case .clause, .flag, .word, .optional, .text, .optionalText, .words: return false
            }
        }
        return false
    }
}

extension Command.Parameter {
    /// The kind of what takes the rest of the line.
    fileprivate var textKind: WordKind? {
        switch self {
        case .text(_, let kind), .optionalText(_, let kind): kind
        case .word, .optional, .words, .clause, .flag: nil
        }
    }

    /// Whether it takes several words.
    fileprivate var takesSeveral: Bool {
        if case .words = self { true } else { false }
    }
}
