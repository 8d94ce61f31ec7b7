/// Reads gob's primitives from one message (doc.go, "Encoding Details").
///
/// Every read is checked against the end of the message; nothing is read beyond it.
struct ByteReader: Sendable {
    /// The bytes, of which this message may be a part.
    let bytes: [UInt8]
    /// The next byte to read.
    private(set) var offset: Int
    /// One past the last byte of the message.
    let end: Int
    /// The first byte of the message.
    private let start: Int
    /// Where in the stream `bytes[0]` stands.
    private let base: Int

    init(_ bytes: [UInt8], from start: Int, to end: Int, streamOffset base: Int) {
        precondition(start >= 0 && start <= end && end <= bytes.count, "a message within its bytes")
        self.bytes = bytes
        self.offset = start
        self.start = start
        self.end = end
        self.base = base
    }

    /// The bytes of the message, whatever was read of them.
    var message: ArraySlice<UInt8> { bytes[start..<end] }
    var remaining: Int { end - offset }
    var isAtEnd: Bool { offset == end }
    var streamOffset: Int { base + offset }

    /// An unsigned integer; leading zeros are accepted, as Go accepts them.
    @inline(__always)
    mutating func uint() throws(GobError.Fault) -> UInt64 {
        guard offset < end, bytes[offset] < 0x80 else { return try longUint() }
        defer { offset += 1 }
        return UInt64(bytes[offset])
    }

    private mutating func longUint() throws(GobError.Fault) -> UInt64 {
        guard offset < end else { throw .pastEndOfMessage }
        let count = try Varint.byteCount(first: bytes[offset])
        guard count < remaining else { throw .pastEndOfMessage }
        defer { offset += 1 + count }
        guard bytes.count - offset > 8 else {
            return Varint.value(in: bytes.span.extracting(offset..<end), count: count)
        }
        // One load of eight bytes takes two thirds of the time of a loop.
        let word = unsafe bytes.withUnsafeBytes { all in
            unsafe all.loadUnaligned(fromByteOffset: offset + 1, as: UInt64.self)
        }
        return UInt64(bigEndian: word) >> UInt64(64 - 8 * count)
    }

    /// The sign is the lowest bit, and says that the others are inverted.
    mutating func int() throws(GobError.Fault) -> Int64 {
        let bits = try uint()
        let value = Int64(bitPattern: bits >> 1)
        return bits & 1 == 0 ? value : ~value
    }

    /// The bits of a 64-bit float in reverse order of bytes, so that short fractions are short.
    mutating func float() throws(GobError.Fault) -> Double {
        Double(bitPattern: try uint().byteSwapped)
    }

    mutating func bool() throws(GobError.Fault) -> Bool {
        try uint() != 0
    }

    /// A count of elements or bytes, as an `Int`; one that no `Int` can hold is past every end.
    mutating func count() throws(GobError.Fault) -> Int {
        guard let count = Int(exactly: try uint()) else { throw .pastEndOfMessage }
        return count
    }

    /// The number of a slice's elements or a map's entries.
    mutating func elementCount(_ limits: GobLimits) throws(GobError.Fault) -> Int {
        let count = try count()
        guard count <= limits.elementCount else {
            throw .limitExceeded(.elementCount, limits.elementCount)
        }
        return count
    }

    /// A length, then that many bytes: where they are.
    mutating func byteRange() throws(GobError.Fault) -> Range<Int> {
        let length = try count()
        guard length <= remaining else { throw .pastEndOfMessage }
        defer { offset += length }
        return offset..<offset + length
    }

    /// A name of a type or a field: text of at most `maximum` bytes.
    mutating func name(
        _ limit: GobError.Limit,
        _ maximum: Int,
    ) throws(GobError.Fault) -> String {
        let range = try byteRange()
        guard range.count <= maximum else { throw .limitExceeded(limit, maximum) }
        return String(decoding: bytes[range], as: UTF8.self)
    }
}
