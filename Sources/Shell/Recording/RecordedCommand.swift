import Net

/// A command of a recording, put together from its pieces.
struct RecordedCommand: Sendable {
    /// The number of the connection in the recording.
    let connection: Int
    /// Where it went, as an address.
    let host: String
    /// All of it, as far as it is there.
    var bytes: [UInt8] = []
}

extension Recording {
    /// The commands of the sides that made the connections, in the order in which they begin.
    var commands: [RecordedCommand] {
        /// What is known of a connection that is open.
        struct Open {
            let ends: RecordedLine.Ends
            var number = 0
            var index = 0
        }
        var commands: [RecordedCommand] = []
        var open: [Int: Open] = [:]
        for line in lines {
            switch line.event {
            case .connected(let ends): open[line.connection] = Open(ends: ends)
            case .closed: open[line.connection] = nil
            case .bytes(let direction, let piece):
                guard var state = open[line.connection],
                    (direction == .received) == state.ends.isIncoming
                else { continue }
                if piece.number != state.number {
                    (state.number, state.index) = (piece.number, commands.count)
                    commands.append(.init(connection: line.connection, host: state.ends.target))
                }
                open[line.connection] = state
                commands[state.index].bytes += piece.bytes
            }
        }
        return commands
    }
}
