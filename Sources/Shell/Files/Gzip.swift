/// Reads what gzip wrote (RFC 1952): one member after another.
package enum Gzip {
    /// Whether bytes begin as those of gzip do.
    static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 8]) }

    /// What is in the bytes.
    ///
    /// - Parameters:
    ///   - bytes: All that gzip wrote.
    ///   - limit: The most that there may be in them, in bytes.
    /// - Returns: What was packed.
    /// - Throws: The fault of the bytes.
    package static func unzip(_ bytes: [UInt8], limit: Int) throws(Inflater.Fault) -> [UInt8] {
        var output: [UInt8] = []
        var position = 0
        repeat {
            position = try header(bytes, at: position)
            let member = try Inflater.inflate(bytes, at: &position, limit: limit - output.count)
            guard bytes.count - position >= 8 else { throw .truncated }
            guard number(bytes, at: position) == CRC32.of(member),
                number(bytes, at: position + 4) == UInt32(truncatingIfNeeded: member.count)
            else { throw .malformed }
            output += member
            position += 8
        } while position < bytes.count && bytes[position] == 0x1F
        return output
    }

    /// Where the packed bytes begin: behind a header with what it may have.
    private static func header(_ bytes: [UInt8], at start: Int) throws(Inflater.Fault) -> Int {
        guard bytes.count - start >= 10 else { throw .truncated }
        guard bytes[start...].starts(with: [0x1F, 0x8B, 8]) else { throw .malformed }
        let flags = bytes[start + 3]
        var position = start + 10
        if flags & 4 != 0 {
            guard bytes.count - position >= 2 else { throw .truncated }
            position += 2 + Int(bytes[position]) + Int(bytes[position + 1]) << 8
        }
        // A name and a comment, each ended by a zero.
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            guard position < bytes.count, let end = bytes[position...].firstIndex(of: 0) else {
                throw .truncated
            }
            position = end + 1
        }
        if flags & 2 != 0 { position += 2 }
        guard position <= bytes.count else { throw .truncated }
        return position
    }

    /// Four bytes, the lowest first.
    private static func number(_ bytes: [UInt8], at position: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[position + $1]) << UInt32(8 * $1) }
    }
}

/// The sum by which gzip knows that nothing was damaged (RFC 1952, 8).
private enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { (byte: UInt32) -> UInt32 in
        var sum = byte
        for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        return sum
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes { sum = (sum >> 8) ^ table[Int((sum ^ UInt32(byte)) & 0xFF)] }
        return ~sum
    }
}
