private import Glibc

/// The handlers of an endpoint, by the name of their command.
struct HandlerTable: Sendable {
    private struct Row: Sendable {
        let name: String
        let bytes: [UInt8]
        let quick: QuickFunc?
        let handle: HandleFunc
    }

    // A peer has a handful of commands: to compare a few names takes less than to hash one.
    private var rows: [Row] = []

    /// The names, sorted.
    var names: [String] { rows.map(\.name).sorted() }

    /// Puts a handler in, in place of the one of the same name.
    mutating func set(_ name: String, quick: QuickFunc?, _ handle: @escaping HandleFunc) {
        remove(name)
        rows.append(Row(name: name, bytes: Array(name.utf8), quick: quick, handle: handle))
    }

    /// Takes a handler out; false where there is none.
    @discardableResult
    mutating func remove(_ name: String) -> Bool {
        guard let index = rows.firstIndex(where: { $0.name == name }) else { return false }
        rows.remove(at: index)
        return true
    }

    /// The handler of a command, and its name as text.
    func handler(named name: [UInt8]) -> (name: String, handle: HandleFunc)? {
        guard let index = name.withUnsafeBytes({ index(of: $0) }) else { return nil }
        return (rows[index].name, rows[index].handle)
    }

    /// What handles a command at once, if anything does.
    func quickFunc(named name: UnsafeRawBufferPointer) -> QuickFunc? {
        index(of: name).flatMap { rows[$0].quick }
    }

    private func index(of name: UnsafeRawBufferPointer) -> Int? {
        rows.firstIndex { row in
            guard row.bytes.count == name.count else { return false }
            guard let base = name.baseAddress else { return true }
            return row.bytes.withUnsafeBytes { bytes in
                bytes.baseAddress.map { memcmp($0, base, name.count) == 0 } ?? true
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes without spaces and carriage returns at their ends.
    var trimmed: UnsafeRawBufferPointer {
        var (start, end) = (0, count)
        while start < end, isBlank(self[start]) { start += 1 }
        while start < end, isBlank(self[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[start..<end])
    }
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r")
}
