/// Where a reader is among the fields of a struct.
///
/// A field is preceded by how far it is from the one before, beginning at -1; 0 ends the struct
/// (doc.go, "Encoding Details"). So does the end of the message, as in Go (decode.go,
/// `decodeStruct`).
struct FieldCursor: Sendable {
    private(set) var field = -1

    /// Goes to the next field that was sent: its number, or `nil` at the struct's end.
    mutating func next(
        in reader: inout ByteReader,
        count: Int,
    ) throws(GobError.Fault) -> Int? {
        if reader.isAtEnd { return nil }
        let delta = try reader.uint()
        if delta == 0 { return nil }
        guard delta < UInt64(count - field) else {
            let number = UInt64(field &+ 1) &+ delta &- 1
            throw .fieldOutOfRange(field: Int(clamping: number), count: count)
        }
        field += Int(delta)
        return field
    }
}
