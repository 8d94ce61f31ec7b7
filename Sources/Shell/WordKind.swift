/// Of what kind the word is that a command takes: what completion offers for it.
package enum WordKind: Sendable, Equatable {
    /// Anything; nothing is offered.
    case plain
    /// A peer: an alias, `.`, or a host that was seen.
    case host
    /// The name of an alias.
    case alias
    /// The name of a command that this side answers.
    case handler
    /// An address at which a proxy listens.
    case proxy
    /// A path.
    case file
    /// Bytes: a literal, `hex:00ff`, `@FILE`, or `gob:TYPE@FILE.json`.
    case bytes
    /// The number of a message, or `last`.
    case messageNumber
    /// A path, or the number of a message.
    case fileOrMessage
    /// A Go type that is declared.
    case type
    /// The name of a setting.
    case setting
    /// A value of the setting that the word before names.
    case settingValue
    /// The name of a command, or the second word of one.
    case command
    /// A command whose bytes are explained.
    case explained
    /// A time, as `300ms`.
    case duration
    /// A whole number.
    case number
    /// One of these words.
    case choice([String])

    /// Whether a word may be of this kind, as far as that is known from the kind alone.
    func admits(_ word: String) -> Bool {
        switch self {
        case .choice(let words): words.contains(word)
        case .number: word.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
        case .plain, .host, .alias, .handler, .proxy, .file, .bytes, .messageNumber,
            .fileOrMessage, .type, .setting, .settingValue, .command, .explained, .duration:
            true
        }
    }
}
