/// Takes one value, in the manner of `SingleValueEncodingContainer`.
struct SingleTarget: SingleValueEncodingContainer {
    let target: ValueToEncode

    var codingPath: [any CodingKey] { target.codingPath }

    mutating func encodeNil() throws { target.setNil() }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        let (encoded, type) = try target.state.encode(value, path: target.path)
        try target.set(encoded, type)
    }

    mutating func encode(_ value: Bool) throws { try set(.bool(value), .bool) }
    mutating func encode(_ value: String) throws { try set(.string(value), .string) }
    mutating func encode(_ value: Double) throws { try set(.float(value), .float) }
    mutating func encode(_ value: Float) throws { try set(.float(Double(value)), .float) }
    mutating func encode(_ value: Int) throws { try signed(value) }
    mutating func encode(_ value: Int8) throws { try signed(value) }
    mutating func encode(_ value: Int16) throws { try signed(value) }
    mutating func encode(_ value: Int32) throws { try signed(value) }
    mutating func encode(_ value: Int64) throws { try signed(value) }
    mutating func encode(_ value: UInt) throws { try unsigned(value) }
    mutating func encode(_ value: UInt8) throws { try unsigned(value) }
    mutating func encode(_ value: UInt16) throws { try unsigned(value) }
    mutating func encode(_ value: UInt32) throws { try unsigned(value) }
    mutating func encode(_ value: UInt64) throws { try unsigned(value) }

    private func signed(_ value: some BinaryInteger) throws { try set(.int(Int64(value)), .int) }

    private func unsigned(_ value: some BinaryInteger) throws {
        try set(.uint(UInt64(value)), .uint)
    }

    private func set(_ value: GobValue, _ kind: Kind) throws {
        try target.set(value, LearntTypes.place(of: kind))
    }
}
