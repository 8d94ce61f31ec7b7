/// The commands of one connection whose reply has not come yet, in order.
struct Unanswered: Sendable {
    /// A command that an answer is for.
    struct Label: Sendable {
        let command: String?
        let number: Int
        /// Whether it is known that the answer is a line.
        let isLine: Bool
    }

    private var labels: ArraySlice<Label> = []
    private var latest = Label(command: nil, number: 1, isLine: false)

    /// How many are remembered.
    private static let limit = 100_000

    /// Takes in a command, or a piece of one.
    ///
    /// - Parameters:
    ///   - piece: The piece.
    ///   - handler: What is known of a command by its name.
    mutating func add(_ piece: CommandCutter.Piece, _ handler: (String) -> Handler?) {
        let answer = piece.command.flatMap(handler)?.answer ?? .nothing
        latest = Label(command: piece.command, number: piece.number, isLine: answer.isLine)
        guard answer != .nothing, labels.last?.number != piece.number else { return }
        labels.append(latest)
        if labels.count > Self.limit { labels.removeFirst() }
    }

    /// Takes in a line of an answer, or a part of one.
    ///
    /// - Parameter isEnded: Whether the line has ended, so that the next one is for another command.
    /// - Returns: What it is for, as far as that can be told: the oldest command that is answered and
    ///   was not yet, or else the latest, which has no line then.
    mutating func next(isEnded: Bool) -> Label {
        guard let label = labels.first else {
            return Label(command: latest.command, number: latest.number, isLine: false)
        }
        if isEnded { labels.removeFirst() }
        return label
    }
}

extension Handler.Answer {
    /// Whether it is a line.
    fileprivate var isLine: Bool {
        switch self {
        case .setting, .line: true
        case .nothing, .bytes, .input: false
        }
    }
}
