import Net

/// A recording that is sent again: what went from the sides that made the connections.
///
/// Everything happens in the order of the recording, also over several connections: nothing is sent
/// before the answers have come that had come before.
struct Replay: Sendable {
    let recording: Recording
    let dialer: Dialer
    /// Where everything goes; to where it went where it is `nil`.
    let host: HostPort?
    /// Whether the times of the recording do not matter.
    let isFast: Bool
    /// How long an answer may take.
    let timeout: Duration

    /// What came of it.
    struct Outcome: Sendable {
        /// How the answers differ, in rows for the user; empty where they do not.
        let rows: [String]
        /// All of it in a row.
        let summary: String
    }

    /// Sends it.
    ///
    /// - Returns: How the answers differ from those of the recording.
    /// - Throws: `NetError` where a peer cannot be reached, `CancellationError`.
    func run() async throws -> Outcome {
        var players: [Player] = []
        var open: [Int: Int] = [:]
        do {
            try await play(&players, &open)
        } catch {
            for player in players { await player.conn.close() }
            throw error
        }
        for index in players.indices { await players[index].finish() }
        return outcome(of: players)
    }

    /// Goes through the lines.
    ///
    /// - Parameters:
    ///   - players: The connections made, in order.
    ///   - open: Which of them is the one of a connection of the recording now.
    /// - Throws: `NetError` where a peer cannot be reached, `CancellationError`.
    private func play(_ players: inout [Player], _ open: inout [Int: Int]) async throws {
        let start = ContinuousClock.now
        for line in recording.lines {
            try await wait(for: line, since: start)
            switch line.event {
            case .connected(let ends):
                let host = try host ?? HostPort(ends.target, defaultPort: Reception.port)
                let conn = try await dialer.dial(host)
                open[line.connection] = players.count
                players.append(
                    Player(
                        number: line.connection,
                        isIncoming: ends.isIncoming,
                        conn: conn,
                        timeout
                    )
                )
            case .bytes(let direction, let piece):
                guard let index = open[line.connection] else { continue }
                try await players[index].play(direction, piece)
            case .closed:
                guard let index = open.removeValue(forKey: line.connection) else { continue }
                players[index].isWhole = true
                await players[index].finish()
            }
            try Task.checkCancellation()
        }
    }

    /// Waits until it is time for what this side does.
    private func wait(for line: RecordedLine, since start: ContinuousClock.Instant) async throws {
        guard !isFast, let first = recording.lines.first else { return }
        try await Task.sleep(until: start + line.time.since(first.time), clock: .continuous)
    }

    private func outcome(of players: [Player]) -> Outcome {
        let rows = players.flatMap(\.differences)
        let shown = rows.prefix(Self.rowLimit)
        let rest = rows.count - shown.count
        let more = rest > 0 ? ["… \(rest) more"] : []
        let commands = players.reduce(0) { $0 + $1.commandCount }
        let connections = counted(players.count, "connection")
        let sent = "replayed \(counted(commands, "command")) on \(connections)"
        let result = rows.isEmpty ? "the answers are the same" : "the answers differ"
        return Outcome(rows: shown + more, summary: "\(sent): \(result)")
    }

    /// How many differences are told one by one.
    private static let rowLimit = 20
}
