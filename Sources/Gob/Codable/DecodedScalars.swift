/// A value that is no container, in the manner of `SingleValueDecodingContainer`.
extension ValueToDecode: SingleValueDecodingContainer {
    func decodeNil() -> Bool { isZero }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch value {
        case .bool(let truth): return truth
        default: return try zero(.bool, false)
        }
    }

    func decode(_ type: String.Type) throws -> String {
        switch value {
        case .string(let text): return text
        case .invalidString: throw corrupted("a string that is not UTF-8")
        default: return try zero(.string, "")
        }
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch value {
        case .float(let number): return number
        default: return try zero(.float, 0)
        }
    }

    func decode(_ type: Float.Type) throws -> Float {
        let wide = try decode(Double.self)
        let narrow = Float(wide)
        guard narrow.isFinite || !wide.isFinite else {
            throw corrupted("\(wide) is out of the range of Float")
        }
        return narrow
    }

    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    /// An integer of the same signedness, that must fit.
    func integer<Integer: FixedWidthInteger>() throws -> Integer {
        let number: Integer?
        switch value {
        case .int(let wide) where Integer.isSigned: number = Integer(exactly: wide)
        case .uint(let wide) where !Integer.isSigned: number = Integer(exactly: wide)
        default: return try zero(Integer.isSigned ? .int : .uint, 0)
        }
        guard let number else { throw corrupted("\(value) is out of the range of \(Integer.self)") }
        return number
    }

    /// A zero, where nothing was sent and the sender's kind is right.
    private func zero<Value>(_ kind: Kind, _ zero: Value) throws -> Value {
        guard isZero, node == nil || node?.kind == kind else { throw mismatch(Value.self) }
        return zero
    }
}
