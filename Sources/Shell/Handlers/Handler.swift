/// A command that peers may send, and what becomes of it: one row of the table of ``Handlers``.
///
/// `on`, `handlers`, what answers peers and what cuts a recording into commands read the same row.
struct Handler: Sendable {
    /// What follows a command's name.
    enum Form: Sendable, Equatable {
        /// One line.
        case line
        /// One value of a fresh gob stream.
        case gob
        /// So many bytes.
        case bytes(Int)
        /// Nothing.
        case nothing
    }

    /// What a command is answered.
    enum Answer: Sendable, Equatable {
        case nothing
        /// What the setting `reply` says, as a line.
        case setting
        /// A line of this text.
        case line([UInt8])
        /// These bytes; what they were given as.
        case bytes([UInt8], word: String)
        /// What the command brought.
        case input
    }

    /// What happens to one of the commands.
    struct Reaction: Equatable {
        var isAnswered = true
        var delay: Duration?
        var closes = false
    }

    /// The name line that calls it.
    let name: String
    let form: Form
    var answer = Answer.nothing
    /// How long the answer is held back.
    var delay: Duration?
    /// Whether the connection is closed after the answer.
    var closes = false
    /// Whether there is no answer.
    var drops = false
    /// Of how many commands only one is delayed, dropped, or the last of its connection; where none
    /// is, one is answered.
    var every: Int?

    /// What happens to a command.
    ///
    /// - Parameter number: Which it is, counted from 1.
    /// - Returns: Whether it is answered, when, and whether its connection goes on.
    func reaction(toCommand number: Int) -> Reaction {
        let isTurn = number.isMultiple(of: every ?? 1)
        guard delay != nil || closes || drops else { return Reaction(isAnswered: isTurn) }
        guard isTurn else { return Reaction() }
        return Reaction(isAnswered: !drops, delay: delay, closes: closes)
    }

    /// Whether a command is answered at once, each like the other.
    var isSimple: Bool { delay == nil && !closes && !drops && every == nil }

    /// The name that a name line has: without the spaces and carriage returns at its ends.
    static func name(ofLine line: [UInt8]) -> [UInt8] {
        let start = line.firstIndex { !isBlank($0) } ?? line.endIndex
        let end = line.lastIndex { !isBlank($0) } ?? line.endIndex
        return start < line.endIndex ? Array(line[start...end]) : []
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r")
    }

    /// The commands of the article.
    static let standard = [
        Handler(name: "GOB", form: .gob),
        Handler(name: "STRING", form: .line, answer: .setting),
    ]

    /// One of them.
    @Sendable
    static func standard(named name: String) -> Handler? {
        standard.first { $0.name == name }
    }
}
