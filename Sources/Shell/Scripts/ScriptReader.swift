import LineEditing

/// Reads the lines of a script, wherever they come from, as they come.
///
/// A line ends with a line feed, or a carriage return and a line feed; the last one needs neither. A
/// `\` at the end of a line joins the next one to it. A byte order mark before the first is left out.
struct ScriptReader {
    private let source: PlainReader
    /// The longest line, in bytes.
    private let limit: Int
    /// How many lines of the file were read.
    private var count = 0

    /// Reads from a source.
    init(_ source: PlainReader, limit: Int) {
        self.source = source
        self.limit = limit
    }

    /// The next line.
    ///
    /// - Parameters:
    ///   - isRaw: Whether it is taken as it is, as in a chat, where `\` joins nothing.
    ///   - name: What the script is called.
    /// - Returns: `nil` at the end.
    /// - Throws: ``Failure`` with the place of the line where it is too long or no text, or where
    ///   nothing can be read; `CancellationError`.
    mutating func next(isRaw: Bool, of name: String) async throws -> ScriptLine? {
        guard let first = try await nextOfFile(limit, of: name) else { return nil }
        var line = ScriptLine(first, number: count)
        while !isRaw, line.isOpen {
            let room = limit - line.bytes.count
            guard let next = try await nextOfFile(room, of: name) else { break }
            line.join(next)
        }
        return line
    }

    /// The next line of the file, without its end.
    private mutating func nextOfFile(_ room: Int, of name: String) async throws -> [UInt8]? {
        count += 1
        do {
            // Room for the carriage return.
            guard case .line(var line) = try await source.readLine(limit: room + 1) else {
                return nil
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if count == 1 { try checkStart(&line) }
            guard line.count <= room else { throw LineEditorError.lineTooLong(limit: room) }
            return line
        } catch LineEditorError.lineTooLong {
            throw failure("the line is longer than \(limit) bytes", of: name)
        } catch LineEditorError.cannotRead(let reason) {
            throw failure("cannot read the script: \(reason)", of: name)
        } catch is NotText {
            throw failure("the script is no text: its first line has a byte of value 0", of: name)
        }
    }

    private struct NotText: Error {}

    /// Leaves out a byte order mark, and refuses what is no text.
    private func checkStart(_ line: inout [UInt8]) throws {
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        if line.contains(0) { throw NotText() }
    }

    private func failure(_ reason: String, of name: String) -> Failure {
        let place = ScriptPlace(name: name, line: ScriptLine([], number: count))
        return Failure(.noInput, reason).at(place)
    }
}
