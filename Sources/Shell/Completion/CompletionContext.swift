/// What completion knows besides the line.
package struct CompletionContext: Sendable {
    /// The commands.
    package var commands: CommandTable
    /// The settings.
    package var settings: [Setting] = Setting.all
    /// The names of peers: aliases, the hosts seen, `.` where a peer is joined.
    package var hosts: [String] = []
    /// The names of peers that can be taken away.
    package var aliases: [String] = []
    /// The names of the commands that are answered.
    package var handlers: [String] = []
    /// The addresses at which proxies listen.
    package var proxies: [String] = []
    /// The Go types that are declared.
    package var types: [String] = []
    /// The numbers of the messages kept, the latest first.
    package var messages: [Int] = []
    /// What `~/` stands for.
    package var home: String?
    /// Whether a line is for the peer of a chat, unless it begins with `/`.
    package var isChat = false

    /// A context in which nothing but the commands and settings is known.
    package init(commands: CommandTable = .standard) {
        self.commands = commands
    }

    /// The words of a choice that begin with what is typed.
    func matches(_ choices: [Wanted.Choice], _ typed: [UInt8]) -> Matches {
        var matches = Matches()
        for choice in choices {
            switch choice {
            case .words(let words): matches.append(fitting(words, typed))
            case .keyword(let word): matches.append(fitting([word], typed))
            case .word(let kind, let last): add(kind, after: last, typed, to: &matches)
            }
        }
        return matches
    }

    private func add(
        _ kind: WordKind,
        after last: String?,
        _ typed: [UInt8],
        to matches: inout Matches,
    ) {
        switch kind {
        case .plain, .duration, .number, .explained: break
        case .file: matches.addFiles(typed, home: home)
        case .bytes: addBytes(typed, to: &matches)
        case .fileOrMessage:
            matches.append(fitting(messageWords, typed))
            matches.addFiles(typed, home: home)
        case .host: matches.append(fitting(hosts + ["localhost"], typed))
        case .alias: matches.append(fitting(aliases, typed))
        case .handler: matches.append(fitting(handlers, typed))
        case .proxy: matches.append(fitting(proxies, typed))
        case .messageNumber: matches.append(fitting(messageWords, typed))
        case .type: matches.append(fitting(types, typed))
        case .setting: matches.append(fitting(settings.map(\.name), typed))
        case .settingValue:
            let setting = settings.first { $0.name == last }
            matches.append(fitting(setting?.values ?? [], typed))
        case .command:
            let topics = commands.firstWords + HelpTopic.all.map(\.name)
            let words = last.map { commands.secondWords(of: $0) } ?? topics
            matches.append(fitting(words, typed))
        case .choice(let words): matches.append(fitting(words, typed))
        }
    }

    /// Adds the files behind an `@`, and the types before one.
    private func addBytes(_ typed: [UInt8], to matches: inout Matches) {
        let isValue = typed.starts(with: RawValue.mark.utf8)
        let place = typed.firstIndex(of: UInt8(ascii: "@"))
        if let place, isValue || place == 0 {
            let path = Array(typed[(place + 1)...])
            matches.addFiles(path, home: home, behind: Array(typed[...place]))
        } else if isValue {
            let name = Wanted.typeName(at: typed)
            let isInside =
                typed.count { $0 == UInt8(ascii: "[") }
                != typed.count { $0 == UInt8(ascii: "]") }
            for type in fitting(types, name) {
                let end = isInside ? "" : RawBytes.fileMark
                let word = typed.dropLast(name.count) + Array("\(type)\(end)".utf8)
                matches.add(Matches.Match(word: word, shown: type.harmless, isOpen: true))
            }
        }
    }

    private var messageWords: [String] {
        messages.isEmpty ? [] : ["last"] + messages.map { "\($0)" }
    }

    private func fitting(_ words: [String], _ typed: [UInt8]) -> [String] {
        words.filter { $0.utf8.starts(with: typed) }
    }
}

extension CommandTable {
    /// The words that begin the names of commands, each once, by the alphabet.
    var firstWords: [String] {
        Set(commands.compactMap { $0.name.split(separator: " ").first.map { String($0) } }).sorted()
    }

    /// The words that follow the first in the names of commands.
    func secondWords(of first: String) -> [String] {
        commands.filter { $0.name.hasPrefix(first + " ") }
            .map { String($0.name.dropFirst(first.count + 1)) }
    }
}
