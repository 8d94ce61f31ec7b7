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

    /// Checks that every connection begins before anything goes over it, and leads somewhere.
    private func check(_ path: String) throws {
        var open: Set<Int> = []
        for (index, line) in lines.enumerated() {
            do {
                try Self.check(line, &open)
            } catch {
                throw Self.failure(path, index + 1, error)
            }
        }
    }

    private static func check(_ line: RecordedLine, _ open: inout Set<Int>) throws {
        let name = "the connection \(line.connection)"
        let isOpen = open.contains(line.connection)
        switch line.event {
        case .connected(let ends):
            guard !isOpen else { throw Failure(.failed, "\(name) is open already") }
            _ = try HostPort(ends.target, defaultPort: Reception.port)
            open.insert(line.connection)
        case .bytes, .closed:
            guard isOpen else { throw Failure(.failed, "\(name) is not open") }
            if line.event == .closed { open.remove(line.connection) }
        }
    }

    private static func failure(_ path: String, _ line: Int, _ error: any Error) -> Failure {
        Failure(.failed, "\(path.harmless):\(line): no line of a recording: \(error)")
    }
}
