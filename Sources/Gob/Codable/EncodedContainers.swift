/// Takes the fields of a struct or the entries of a map, in the manner of
/// `KeyedEncodingContainerProtocol`.
struct KeyedTarget<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let target: ValueToEncode

    var codingPath: [any CodingKey] { target.codingPath }

    mutating func encodeNil(forKey key: Key) throws {
        // Nothing is known of the type, and nothing is sent.
    }

    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        let (encoded, type) = try target.state.encode(value, path: .key(key, target.path))
        try target.set(key, encoded, type)
    }

    mutating func encodeIfPresent<Value: Encodable>(
        _ value: Value?,
        forKey key: Key,
    ) throws {
        if let value { return try encode(value, forKey: key) }
        try target.set(key, nil, target.state.place(of: Value.self))
    }

    mutating func encode(_ value: Bool, forKey key: Key) throws {
        try set(key, .bool(value), .bool)
    }
    mutating func encode(_ value: String, forKey key: Key) throws {
        try set(key, .string(value), .string)
    }
    mutating func encode(_ value: Double, forKey key: Key) throws {
        try set(key, .float(value), .float)
    }
    mutating func encode(_ value: Float, forKey key: Key) throws {
        try set(key, .float(Double(value)), .float)
    }
    mutating func encode(_ value: Int, forKey key: Key) throws { try signed(value, key) }
    mutating func encode(_ value: Int8, forKey key: Key) throws { try signed(value, key) }
    mutating func encode(_ value: Int16, forKey key: Key) throws { try signed(value, key) }
    mutating func encode(_ value: Int32, forKey key: Key) throws { try signed(value, key) }
    mutating func encode(_ value: Int64, forKey key: Key) throws { try signed(value, key) }
    mutating func encode(_ value: UInt, forKey key: Key) throws { try unsigned(value, key) }
    mutating func encode(_ value: UInt8, forKey key: Key) throws { try unsigned(value, key) }
    mutating func encode(_ value: UInt16, forKey key: Key) throws { try unsigned(value, key) }
    mutating func encode(_ value: UInt32, forKey key: Key) throws { try unsigned(value, key) }
    mutating func encode(_ value: UInt64, forKey key: Key) throws { try unsigned(value, key) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key,
    ) -> KeyedEncodingContainer<Nested> {
        nested(key).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        nested(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { nested(GobCodingKey(stringValue: "super")) }

    mutating func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: some CodingKey) -> ValueToEncode { target.nested(key) }

    private func signed(_ value: some BinaryInteger, _ key: Key) throws {
        try set(key, .int(Int64(value)), .int)
    }

    private func unsigned(_ value: some BinaryInteger, _ key: Key) throws {
        try set(key, .uint(UInt64(value)), .uint)
    }

    private func set(_ key: Key, _ value: GobValue, _ kind: Kind) throws {
        try target.set(key, value, LearntTypes.place(of: kind))
    }
}

/// Takes the elements of a list, in the manner of `UnkeyedEncodingContainer`.
struct ListTarget: UnkeyedEncodingContainer {
    let target: ValueToEncode

    var codingPath: [any CodingKey] { target.codingPath }
    var count: Int { target.count }

    mutating func encodeNil() throws {
        throw target.state.invalid(
            "nil",
            .index(count, target.path),
            GobError.Fault.nilElement.description
        )
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        if Value.self == UInt8.self, let byte = value as? UInt8 { return try target.add(byte) }
        let path = CodingStep.index(count, target.path)
        let (encoded, type) = try target.state.encode(value, path: path)
        try target.add(encoded, type)
    }

    mutating func encode(_ value: Bool) throws { try add(.bool(value), .bool) }
    mutating func encode(_ value: String) throws { try add(.string(value), .string) }
    mutating func encode(_ value: Double) throws { try add(.float(value), .float) }
    mutating func encode(_ value: Float) throws { try add(.float(Double(value)), .float) }
    mutating func encode(_ value: Int) throws { try signed(value) }
    mutating func encode(_ value: Int8) throws { try signed(value) }
    mutating func encode(_ value: Int16) throws { try signed(value) }
    mutating func encode(_ value: Int32) throws { try signed(value) }
    mutating func encode(_ value: Int64) throws { try signed(value) }
    mutating func encode(_ value: UInt) throws { try unsigned(value) }
    mutating func encode(_ value: UInt8) throws { try target.add(value) }
    mutating func encode(_ value: UInt16) throws { try unsigned(value) }
    mutating func encode(_ value: UInt32) throws { try unsigned(value) }
    mutating func encode(_ value: UInt64) throws { try unsigned(value) }

    mutating func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) -> KeyedEncodingContainer<Key> {
        target.nested().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        target.nested().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { target.nested() }

    private func signed(_ value: some BinaryInteger) throws { try add(.int(Int64(value)), .int) }

    private func unsigned(_ value: some BinaryInteger) throws {
        try add(.uint(UInt64(value)), .uint)
    }

    private func add(_ value: GobValue, _ kind: Kind) throws {
        try target.add(value, LearntTypes.place(of: kind))
    }
}
