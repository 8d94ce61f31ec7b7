/// Reads values that have none inside.
extension ByteReader {
    /// A value of a scalar kind; memory for bytes is counted before it is taken.
    mutating func scalar(
        _ kind: Kind,
        _ memory: inout MemoryBudget,
    ) throws(GobError.Fault) -> GobValue {
        switch kind {
        case .bool: .bool(try bool())
        case .int: .int(try int())
        case .uint: .uint(try uint())
        case .float: .float(try float())
        case .complex: .complex(real: try float(), imaginary: try float())
        case .string: GobValue(string: bytes[try chargedRange(&memory)])
        case .bytes: .bytes(Array(bytes[try chargedRange(&memory)]))
        case .opaque: .opaque(Array(bytes[try chargedRange(&memory)]))
        case .interface, .array, .slice, .structure, .map:
            preconditionFailure("\(kind) is no scalar")
        }
    }

    private mutating func chargedRange(
        _ memory: inout MemoryBudget
    ) throws(GobError.Fault) -> Range<Int> {
        let range = try byteRange()
        try memory.charge(range.count / MemoryLayout<GobValue>.stride)
        return range
    }

    /// The zero that stands before a value that is no struct (doc.go, "Encoding Details").
    mutating func singletonMark(before kind: Kind?) throws(GobError.Fault) {
        guard kind != .structure else { return }
        let delta = try uint()
        guard delta == 0 else { throw .singletonDelta(delta) }
    }
}
