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

    /// Writes an integer where nine bytes have room, whatever it takes of them.
    ///
    /// - Returns: How many bytes it took.
    @inline(__always)
    static func write(_ value: UInt64, to place: UnsafeMutableRawPointer) -> Int {
        if value < 0x80 {
            unsafe place.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
            return 1
        }
        let zeros = value.leadingZeroBitCount & ~7
        let count = 8 &- zeros >> 3
        unsafe place.storeBytes(of: UInt8(truncatingIfNeeded: 0 &- count), as: UInt8.self)
        let bytes = (value << UInt64(zeros)).bigEndian
        unsafe place.storeBytes(of: bytes, toByteOffset: 1, as: UInt64.self)
        return 1 &+ count
    }

    /// How many bytes an integer takes.
    static func size(of value: UInt64) -> Int {
        value < 0x80 ? 1 : 9 - value.leadingZeroBitCount / 8
    }

    /// A signed integer as an unsigned one: the lowest bit says that the others are inverted.
    @inline(__always)
    static func zigzag(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: value << 1 ^ value >> 63)
    }
}
