import Gob
import Net

/// What a command brought.
enum CommandData {
    /// A line, without its end.
    case line([UInt8])
    case gob(GobDatum, stream: [UInt8])
    case bytes([UInt8])

    /// All of it, as it came.
    var input: [UInt8] {
        switch self {
        case .line(let line): line + [lineEnd]
        case .gob(_, let stream): stream
        case .bytes(let bytes): bytes
        }
    }

    /// What is kept and shown of it.
    func received(_ command: String) -> Received {
        switch self {
        case .line(var line):
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            return Received(command: command, content: .text(line))
        case .gob(let datum, let stream):
            return Received(command: command, content: .gob(stream), datum: datum)
        case .bytes(let bytes): return Received(command: command, content: .bytes(bytes))
        }
    }
}

/// What takes so long, in bytes, that no connection but its own should wait for it.
let longSize = 64 << 10

extension QuickCommand {
    /// Reads a command's data; nil where it has not come whole, is long, or is wrong.
    ///
    /// Where nobody wants the bytes of a line, or of a number of bytes, there are none.
    mutating func data(
        of form: Handler.Form,
        _ cache: GobTypeCache,
        _ maxLine: Int,
        isKept: Bool,
    ) -> CommandData? {
        switch form {
        case .line:
            guard let line = readLine(limit: maxLine), line.count <= longSize else { return nil }
            return .line(isKept ? Array(line) : [])
        case .gob: return readGob(cache).map { .gob($0.datum, stream: $0.stream) }
        case .bytes(let count):
            guard count <= longSize else { return nil }
            return read(count).map { .bytes(isKept ? Array($0) : []) }
        case .nothing: return .bytes([])
        }
    }
}

extension Conn {
    /// Reads a command's data.
    func data(
        of form: Handler.Form,
        _ cache: GobTypeCache,
        _ maxLine: Int,
        _ report: Progress.Report?,
    ) async throws -> CommandData {
        switch form {
        case .line:
            guard let line = try await readLine(limit: maxLine) else {
                throw NetError.closedInside
            }
            return .line(line)
        case .gob:
            let (datum, stream) = try await readGob(cache, report)
            return .gob(datum, stream: stream)
        case .bytes(let count): return .bytes(try await read(count))
        case .nothing: return .bytes([])
        }
    }
}
