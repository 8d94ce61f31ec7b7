import Net

extension Command {
    static let peers = Command(
        "peers",
        summary: "list the connections in and out",
        details: """
            Each with its address, its age, and what went over it: messages, and bytes
            in both directions. The peer in use has its name and a ".".
            """
    ) { session, _ in
        let rows = await session.connectionRows()
        guard !rows.isEmpty else { return await session.output.result("no connections") }
        let titles = ["", "address", "age", "messages", "bytes in", "bytes out"]
        await session.output.longResult(table([titles] + rows, leading: 2))
    }
}

extension Session {
    /// The connections, a row of cells each: those that were made, then those that came.
    fileprivate func connectionRows() async -> [[String]] {
        let now = ContinuousClock.now
        var rows: [[String]] = []
        if let chat = peers.chat, chat.ownsLink, let status = await chat.link.status {
            rows.append(status.cells("out", [chat.link.name], at: now))
        }
        if let joined = peers.joined, let status = await joined.status {
            rows.append(status.cells("out", [joined.name, "."], at: now))
        }
        return await rows + reception.connections().map { $0.cells("in", [], at: now) }
    }
}

extension Conn.Status {
    fileprivate func cells(
        _ direction: String,
        _ names: [String],
        at now: ContinuousClock.Instant,
    ) -> [String] {
        let peer = "\(remoteAddress)"
        let names = names.filter { $0 != peer }.map(\.harmless).joined(separator: " ")
        return [
            direction, names.isEmpty ? peer : "\(peer) (\(names))", (now - opened).age,
            "\(messages)", "\(bytesReceived)", "\(bytesSent)",
        ]
    }
}

extension Duration {
    /// How old something is, in the largest unit of which it has one: `0 s`, `59 s`, `2 min`, `3 h`.
    package var age: String {
        let seconds = components.seconds
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3_600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}

/// Rows whose cells stand below one another, the first `leading` of a row to the left.
private func table(_ rows: [[String]], leading: Int) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
        zip(row, widths).enumerated().map { column, cell in
            let space = String(repeating: " ", count: cell.1 - cell.0.count)
            return column < leading ? cell.0 + space : space + cell.0
        }.joined(separator: "  ")
    }.joined(separator: "\n")
}
