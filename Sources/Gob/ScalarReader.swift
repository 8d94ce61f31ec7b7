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
        case .string: try string(&memory)
        case .bytes: .bytes(Array(bytes[try chargedRange(&memory)]))
        case .opaque: .opaque(Array(bytes[try chargedRange(&memory)]))
        case .interface, .array, .slice, .structure, .map:
            preconditionFailure("\(kind) is no scalar")
        }
    }

    /// A signed integer that must fit a narrower type.
    mutating func int<Narrow: FixedWidthInteger>(
        as type: Narrow.Type
    ) throws(GobError.Fault) -> Narrow {
        let wide = try int()
        guard let narrow = Narrow(exactly: wide) else {
            throw .outOfRange("\(wide)", type: "\(type)".lowercased())
        }
        return narrow
    }

    /// An unsigned integer that must fit a narrower type.
    mutating func uint<Narrow: FixedWidthInteger>(
        as type: Narrow.Type
    ) throws(GobError.Fault) -> Narrow {
        let wide = try uint()
        guard let narrow = Narrow(exactly: wide) else {
            throw .outOfRange("\(wide)", type: "\(type)".lowercased())
        }
        return narrow
    }

    /// A `float32`; only one that is too large for it is refused, as in Go.
    mutating func narrowFloat() throws(GobError.Fault) -> Float {
        let wide = try float()
        let narrow = Float(wide)
        guard narrow.isFinite || !wide.isFinite else {
            throw .outOfRange("\(wide)", type: "float32")
        }
        return narrow
    }

    /// The text in a part of the message; `nil` where that is not UTF-8.
    func text(in range: Range<Int>) -> String? {
        unsafe bytes.withUnsafeBytes { all in
            unsafe String(utf8: UnsafeRawBufferPointer(rebasing: all[range]))
        }
    }

    /// A string, whatever its bytes.
    mutating func string(
        _ memory: inout MemoryBudget
    ) throws(GobError.Fault) -> GobValue {
        let range = try chargedRange(&memory)
        return unsafe bytes.withUnsafeBytes { all in
            unsafe GobValue(string: UnsafeRawBufferPointer(rebasing: all[range]))
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
