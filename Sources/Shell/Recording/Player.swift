import Net

/// One connection of a recording, played again.
struct Player: Sendable {
    /// The number of the connection in the recording.
    let number: Int
    /// Whether the recorded side had accepted it: then what it received is sent again.
    let isIncoming: Bool
    let conn: Conn
    private let timeout: Duration
    /// How many commands were sent, the last one maybe in part.
    private(set) var commandCount = 0
    /// Whether the recording has all of it.
    var isWhole = false
    private var expected = Answers()
    private var answers = Answers()
    /// Why it does not go on, in words, if it does not.
    private var fault: String?
    /// Whether no more answers come, or none is waited for any more.
    private var isOver = false
    private var isFinished = false

    init(number: Int, isIncoming: Bool, conn: Conn, _ timeout: Duration) {
        self.number = number
        self.isIncoming = isIncoming
        self.conn = conn
        self.timeout = timeout
    }

    /// Sends the bytes of a command, or waits for those of an answer.
    ///
    /// - Throws: `CancellationError`; what the peer does wrong is kept for the end.
    mutating func play(_ direction: Traffic.Direction, _ piece: CommandCutter.Piece) async throws {
        if (direction == .received) == isIncoming {
            try await send(piece)
        } else {
            expected.add(piece.bytes)
            try await waitForAnswer()
        }
    }

    /// Ends this side's stream, takes what still comes, and closes the connection.
    ///
    /// A peer that does not end its own side within two seconds is not waited for.
    mutating func finish() async {
        guard !isFinished else { return }
        isFinished = true
        let limit = ContinuousClock.now + min(timeout, .seconds(2))
        do {
            let rest = try await conn.perform { conn in
                conn.setDeadline(limit)
                try await conn.closeWrite()
                return await conn.readToEnd()
            }
            answers.add(rest)
        } catch {
            if fault == nil, !isOver { fault = "\(error)" }
        }
        await conn.close()
    }

    /// How what came differs from the recording, in rows for the user.
    var differences: [String] {
        var rows: [String] = []
        if let fault { rows.append("connection \(number): \(fault)") }
        guard answers.bytes != expected.bytes else { return rows }
        let recorded = expected.bytes.lines
        let came = isWhole ? answers.bytes.lines : lines(answers.bytes, asFarAs: recorded)
        for index in 0..<max(recorded.count, came.count) {
            let before = recorded.indices.contains(index) ? recorded[index] : nil
            let now = came.indices.contains(index) ? came[index] : nil
            guard before != now else { continue }
            let answer = "connection \(number), answer \(index + 1)"
            rows.append("\(answer): recorded \(shown(before)), came \(shown(now))")
        }
        return rows
    }

    private mutating func send(_ piece: CommandCutter.Piece) async throws {
        guard fault == nil else { return }
        do {
            let limit = ContinuousClock.now + timeout
            try await conn.perform { conn in
                conn.setDeadline(limit)
                try await conn.write(piece.bytes)
                try await conn.flush()
            }
            commandCount = piece.number
        } catch let error as NetError {
            fault = "command \(piece.number) is not taken: \(error)"
        }
    }

    /// Reads until as much has come as the recording has so far: as many bytes, or as many lines.
    private mutating func waitForAnswer() async throws {
        while !isOver, !hasEnough {
            do {
                let limit = ContinuousClock.now + timeout
                let bytes = try await conn.perform { conn in
                    conn.setDeadline(limit)
                    return try await conn.read(upTo: 65_536)
                }
                answers.add(bytes ?? [])
                isOver = bytes == nil
            } catch is NetError {
                // Late, or never: the others are not waited for any more.
                isOver = true
            }
        }
    }

    private var hasEnough: Bool {
        if answers.bytes.count >= expected.bytes.count { return true }
        return expected.bytes.last == lineEnd && answers.lineCount >= expected.lineCount
    }

    /// The lines, as far as those of a recording go that ends before the connection does.
    private func lines(_ bytes: [UInt8], asFarAs recorded: [[UInt8]]) -> [[UInt8]] {
        var lines = Array(bytes.lines.prefix(recorded.count))
        if lines.count == recorded.count, let last = recorded.last, last.last != lineEnd {
            lines[lines.count - 1] = Array(lines[lines.count - 1].prefix(last.count))
        }
        return lines
    }

    private func shown(_ line: [UInt8]?) -> String {
        guard let line else { return "nothing" }
        let start = Harmless.quoted(line.textPrefix(200))
        return line.count > 200 ? "\(start)… \(line.count) bytes" : start
    }
}

/// Bytes that are answers, most of which are lines.
private struct Answers: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var lineCount = 0

    mutating func add(_ more: [UInt8]) {
        bytes += more
        lineCount += more.count { $0 == lineEnd }
    }
}

extension Conn {
    /// What still comes until the peer ends its stream, the connection breaks, or the time is over.
    fileprivate func readToEnd() async -> [UInt8] {
        var bytes: [UInt8] = []
        while let part = try? await read(upTo: 65_536) { bytes += part }
        return bytes
    }
}
