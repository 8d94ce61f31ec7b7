import Net

/// What is known of a connection that is recorded: where in its commands it is.
struct Tape: Sendable {
    private let isIncoming: Bool
    private var commands = CommandCutter()
    private var unanswered = Unanswered()

    /// A connection over which nothing went yet.
    init(isIncoming: Bool) {
        self.isIncoming = isIncoming
    }

    /// The bytes, cut into commands, or into the lines of answers.
    mutating func pieces(
        of bytes: [UInt8],
        _ direction: Traffic.Direction,
        handler: (String) -> Handler?,
    ) -> [CommandCutter.Piece] {
        let isCommand = (direction == .received) == isIncoming
        return isCommand ? commandPieces(bytes, handler) : answerPieces(bytes)
    }

    private mutating func commandPieces(
        _ bytes: [UInt8],
        _ handler: (String) -> Handler?,
    ) -> [CommandCutter.Piece] {
        let pieces = commands.cut(bytes) { handler($0)?.form }
        for piece in pieces { unanswered.add(piece, handler) }
        return pieces
    }

    /// Cuts answers into lines, each with the command that it is for.
    private mutating func answerPieces(_ bytes: [UInt8]) -> [CommandCutter.Piece] {
        bytes.lines.map { line in
            let label = unanswered.next(isEnded: line.last == lineEnd)
            return .init(bytes: line, command: label.command, number: label.number)
        }
    }
}
