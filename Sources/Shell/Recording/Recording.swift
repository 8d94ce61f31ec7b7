import GobJSON
import Net

/// A recording, read from its file.
struct Recording: Sendable {
    /// Its lines, in order.
    let lines: [RecordedLine]
    /// The line in which it is cut, from 1: a program was killed while it wrote that.
    let cutLine: Int?

    /// Reads a recording.
    ///
    /// - Throws: ``Failure`` with the status 66 where it cannot be read, and with the line where it is
    ///   no recording.
    init(_ path: String) throws {
        let bytes = try InputFile.read(path)
        var lines: [RecordedLine] = []
        var cutLine: Int?
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: lineEnd)
            do {
                lines.append(try RecordedLine(parsing: Array(rest[..<(end ?? rest.endIndex)])))
            } catch {
                // The last line is the only one that can be there in part.
                guard end == nil else { throw Self.failure(path, lines.count + 1, error) }
                cutLine = lines.count + 1
            }
            rest = rest[(end.map { $0 + 1 } ?? rest.endIndex)...]
        }
        self.lines = lines
        self.cutLine = cutLine
        try check(path)
    }

    /// Checks that every connection begins before anything goes over it.
    private func check(_ path: String) throws {
        var open: Set<Int> = []
        for (index, line) in lines.enumerated() {
            let isRight =
                switch line.event {
                case .connected: open.insert(line.connection).inserted
                case .bytes: open.contains(line.connection)
                case .closed: open.remove(line.connection) != nil
                }
            guard !isRight else { continue }
            let state = open.contains(line.connection) ? "is open already" : "is not open"
            let reason = Failure(.failed, "the connection \(line.connection) \(state)")
            throw Self.failure(path, index + 1, reason)
        }
    }

    private static func failure(_ path: String, _ line: Int, _ error: any Error) -> Failure {
        Failure(.failed, "\(path.harmless):\(line): no line of a recording: \(error)")
    }
}
