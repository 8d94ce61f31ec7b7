import Net

/// What is known of a connection that is recorded: where in its commands it is.
struct Tape: Sendable {
    /// A command that is waited for.
    private struct Label {
        let command: String?
        let number: Int
    }

    private let isIncoming: Bool
    private var commands = CommandCutter()
    /// The commands whose reply, a line, has not come yet.
    private var unanswered: ArraySlice<Label> = []
    private var latest = Label(command: nil, number: 1)

    /// How many commands without a reply are remembered.
    private static let unansweredLimit = 100_000

    /// A connection over which nothing went yet.
    init(isIncoming: Bool) {
        self.isIncoming = isIncoming
    }

    /// The bytes, cut into commands, or into the lines of answers.
    mutating func pieces(
        of traffic: Traffic,
        handler: (String) -> Handler?,
    ) -> [CommandCutter.Piece] {
        let isCommand = (traffic.direction == .received) == isIncoming
        return isCommand ? commandPieces(traffic.bytes, handler) : answerPieces(traffic.bytes)
    }

    private mutating func commandPieces(
        _ bytes: [UInt8],
        _ handler: (String) -> Handler?,
    ) -> [CommandCutter.Piece] {
        let pieces = commands.cut(bytes) { handler($0)?.form }
        for piece in pieces {
            latest = Label(command: piece.command, number: piece.number)
            guard let answer = piece.command.flatMap(handler)?.answer, answer != .nothing,
                unanswered.last?.number != piece.number
            else { continue }
            unanswered.append(latest)
            if unanswered.count > Self.unansweredLimit { unanswered.removeFirst() }
        }
        return pieces
    }

    /// Cuts answers into lines, each with the command that it is for, as far as that can be told: the
    /// oldest one that is answered and was not yet, or else the latest.
    private mutating func answerPieces(_ bytes: [UInt8]) -> [CommandCutter.Piece] {
        bytes.lines.map { line in
            let label = unanswered.first ?? latest
            if line.last == lineEnd, !unanswered.isEmpty { unanswered.removeFirst() }
            return .init(bytes: line, command: label.command, number: label.number)
        }
    }
}
