/// A struct's fields or a map's entries, in the manner of `KeyedDecodingContainerProtocol`.
struct KeyedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
    /// Does the work: it is not generic, so that no type has to be made for each key's type.
    let source: ValueToDecode

    var codingPath: [any CodingKey] { source.codingPath }

    var allKeys: [Key] {
        source.names.compactMap { name in
            switch name {
            case .text(let text): Key(stringValue: text)
            case .number(let number): Key(intValue: number)
            }
        }
    }

    func contains(_ key: Key) -> Bool { source.place(of: key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { source.value(key).isZero }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let place = source.place(of: key)
        return try source.sent(place).shortcut(to: type) {
            try source.value(key, at: place).decodeInFull(type)
        }
    }

    func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type,
        forKey key: Key,
    ) throws -> Value? {
        let value = source.value(key)
        return value.isZero ? nil : try value.decode(type)
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        if case .bool(let truth) = source.sent(key) { return truth }
        return try source.value(key).decode(type)
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        if case .string(let text) = source.sent(key) { return text }
        return try source.value(key).decode(type)
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        if case .float(let number) = source.sent(key) { return number }
        return try source.value(key).decode(type)
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        if case .int(let number) = source.sent(key) { return Int(number) }
        return try source.value(key).integer()
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try source.value(key).decode(type)
    }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
        try source.value(key).integer()
    }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
        try source.value(key).integer()
    }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
        try source.value(key).integer()
    }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        try source.value(key).integer()
    }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
        try source.value(key).integer()
    }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
        try source.value(key).integer()
    }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try source.value(key).integer()
    }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try source.value(key).integer()
    }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try source.value(key).integer()
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key,
    ) throws -> KeyedDecodingContainer<Nested> {
        try source.value(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try source.value(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        source.value(GobCodingKey(stringValue: "super"))
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { source.value(key) }
}
