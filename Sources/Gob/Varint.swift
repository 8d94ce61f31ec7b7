/// gob's unsigned integer: below 128 the byte itself; else a byte with a negated count, and as many
/// bytes, the most significant first (doc.go, "Encoding Details").
enum Varint {
    /// How many bytes follow the first one.
    static func byteCount(first: UInt8) throws(GobError.Fault) -> Int {
        guard first >= 0x80 else { return 0 }
        let count = 256 - Int(first)
        guard count <= 8 else { throw .integerTooLong(byteCount: count) }
        return count
    }

    /// The integer with which the bytes begin, of which `count` follow the first.
    static func value(in bytes: Span<UInt8>, count: Int) -> UInt64 {
        guard count > 0 else { return UInt64(bytes[0]) }
        var value: UInt64 = 0
        for index in 1...count { value = value << 8 | UInt64(bytes[index]) }
        return value
    }
}
