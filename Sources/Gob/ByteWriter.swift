/// Writes gob's primitives: the mirror of ``ByteReader``.
struct ByteWriter: Sendable {
    private(set) var bytes: [UInt8] = []

    mutating func uint(_ value: UInt64) {
        if value < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value))
            return
        }
        let count = (71 - value.leadingZeroBitCount) / 8
        bytes.append(UInt8(256 - count))
        for index in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))))
        }
    }

    mutating func int(_ value: Int64) {
        let bits = UInt64(bitPattern: value)
        uint(value < 0 ? ~bits << 1 | 1 : bits << 1)
    }

    mutating func float(_ value: Double) {
        uint(value.bitPattern.byteSwapped)
    }

    mutating func bool(_ value: Bool) {
        uint(value ? 1 : 0)
    }

    mutating func count(_ value: Int) {
        uint(UInt64(value))
    }

    mutating func byteArray(_ value: [UInt8]) {
        count(value.count)
        bytes.append(contentsOf: value)
    }

    mutating func string(_ value: String) {
        count(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    /// Appends what `message` holds as one message, its length in front, and empties it.
    mutating func message(_ message: inout ByteWriter) {
        byteArray(message.bytes)
        message.bytes.removeAll(keepingCapacity: true)
    }

    /// Appends bytes that are gob already.
    mutating func raw(_ encoded: [UInt8]) {
        bytes.append(contentsOf: encoded)
    }
}
