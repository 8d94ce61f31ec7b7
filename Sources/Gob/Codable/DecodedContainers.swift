/// A struct's fields or a map's entries, in the manner of `KeyedDecodingContainerProtocol`.
struct KeyedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let source: ValueToDecode
    private let values: [GobValue]
    private let node: GobSchema.Node?
    private let isMap: Bool
    /// Where the last key was found: the next one is likely to come after it.
    private let cursor: Cursor

    private final class Cursor {
        var next = 0
    }

    init(_ source: ValueToDecode) throws {
        self.source = source
        node = source.node
        cursor = Cursor()
        switch (source.value, node?.kind) {
        case (.structure(let fields), _):
            values = fields
            isMap = false
        case (.map(let pairs), _):
            values = pairs
            isMap = true
        case (.zero, .map):
            values = []
            isMap = true
        case (.zero, .structure), (.zero, nil):
            values = []
            isMap = false
        default: throw source.mismatch([String: Any].self)
        }
    }

    var codingPath: [any CodingKey] { source.codingPath }

    var allKeys: [Key] {
        guard !isMap else {
            return stride(from: 0, to: values.count, by: 2).compactMap { index in
                switch values[index] {
                case .int(let number): Int(exactly: number).flatMap { Key(intValue: $0) }
                case .uint(let number): Int(exactly: number).flatMap { Key(intValue: $0) }
                default: values[index].keyText.flatMap { Key(stringValue: $0) }
                }
            }
        }
        guard let node, node.kind == .structure else { return [] }
        return (0..<node.count).compactMap { field in
            Key(stringValue: source.state.fields[Int(node.key) + field].name)
        }
    }

    func contains(_ key: Key) -> Bool { place(of: key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { value(key).isZero }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        if let value = sent(key)?.shortcut(type) { return value }
        return try value(key).decode(type)
    }

    func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type,
        forKey key: Key,
    ) throws -> Value? {
        guard let place = place(of: key) else { return nil }
        guard place.value < values.count else { return nil }
        if case .zero = values[place.value] { return nil }
        if let value = values[place.value].shortcut(type) { return value }
        return try value(at: place, key).decode(type)
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        if case .bool(let truth) = sent(key) { return truth }
        return try value(key).decode(type)
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        if case .string(let text) = sent(key) { return text }
        return try value(key).decode(type)
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        if case .float(let number) = sent(key) { return number }
        return try value(key).decode(type)
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        if case .int(let number) = sent(key) { return Int(number) }
        return try value(key).integer()
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).integer() }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).integer() }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).integer() }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).integer() }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key).integer() }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).integer() }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key).integer() }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key).integer() }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key).integer() }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key,
    ) throws -> KeyedDecodingContainer<Nested> {
        try value(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        guard let key = Key(stringValue: "super") else {
            return ValueToDecode(.zero, nil, source.state, parent: source, step: .top)
        }
        return value(key)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { value(key) }

    /// Where a key's value is among `values`, and its type; past the end where nothing was sent.
    private struct Place {
        let value: Int
        let type: TypeIndex
    }

    /// What was sent for a key: of a common kind it is all that is needed.
    private func sent(_ key: Key) -> GobValue? {
        guard let place = place(of: key), place.value < values.count else { return nil }
        return values[place.value]
    }

    private func value(_ key: Key) -> ValueToDecode {
        guard let place = place(of: key) else {
            return ValueToDecode(.zero, nil, source.state, parent: source, step: .key(key))
        }
        return value(at: place, key)
    }

    private func value(at place: Place, _ key: Key) -> ValueToDecode {
        let value = place.value < values.count ? values[place.value] : .zero
        return ValueToDecode(value, place.type, source.state, parent: source, step: .key(key))
    }

    private func place(of key: Key) -> Place? {
        guard let node else { return nil }
        return isMap ? entry(key, node) : field(key.stringValue, node)
    }

    private func field(_ name: String, _ node: GobSchema.Node) -> Place? {
        let first = Int(node.key)
        for offset in 0..<node.count {
            var index = cursor.next + offset
            if index >= node.count { index -= node.count }
            guard source.state.fields[first + index].name == name else { continue }
            cursor.next = index + 1 == node.count ? 0 : index + 1
            return Place(value: index, type: source.state.fields[first + index].type)
        }
        return nil
    }

    private func entry(_ key: Key, _ node: GobSchema.Node) -> Place? {
        let count = values.count / 2
        for offset in 0..<count {
            var index = cursor.next + offset
            if index >= count { index -= count }
            guard values[2 * index].isKey(key) else { continue }
            cursor.next = index + 1 == count ? 0 : index + 1
            let type = TypeIndex(position: Int(node.element))
            return Place(value: 2 * index + 1, type: type)
        }
        return nil
    }
}

/// The elements of a list, or a map's keys and values in turn, in the manner of
/// `UnkeyedDecodingContainer`.
struct ListedValues: UnkeyedDecodingContainer {
    private let source: ValueToDecode
    private let values: [GobValue]
    private let element: TypeIndex
    /// Of a map: the type of its keys, which alternate with its values.
    private let key: TypeIndex?
    private(set) var currentIndex = 0

    init(_ source: ValueToDecode) throws {
        self.source = source
        let node = source.node
        var key: TypeIndex?
        switch (source.value, node?.kind) {
        case (.list(let elements), _): values = elements
        case (.map(let pairs), _):
            values = pairs
            key = node.map { TypeIndex(position: Int($0.key)) }
        case (.bytes(let bytes), _), (.opaque(let bytes), _):
            values = bytes.map { .uint(UInt64($0)) }
            element = TypeIndex(.uint)
            self.key = nil
            return
        case (.zero, .array?):
            values = [GobValue](repeating: .zero, count: min(node?.count ?? 0, 1 << 20))
        case (.zero, .slice), (.zero, .map), (.zero, .bytes), (.zero, nil): values = []
        default: throw source.mismatch([Any].self)
        }
        element = TypeIndex(position: Int(node?.element ?? 0))
        self.key = key
    }

    var codingPath: [any CodingKey] { source.codingPath }
    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex == values.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, case .zero = values[currentIndex] else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next(type).decode(type)
    }

    mutating func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        try next([String: Any].self).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next([Any].self).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next((any Decoder).self) }

    private mutating func next(_ wanted: Any.Type) throws -> ValueToDecode {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                wanted,
                .init(codingPath: codingPath, debugDescription: "the list has no more elements")
            )
        }
        defer { currentIndex += 1 }
        let isKey = currentIndex.isMultiple(of: 2)
        let type = key.flatMap { isKey ? $0 : nil } ?? element
        let step = ValueToDecode.Step.index(currentIndex)
        return ValueToDecode(
            values[currentIndex],
            type,
            source.state,
            parent: source,
            step: step
        )
    }
}

extension GobValue {
    /// A map's key as the name that a `CodingKey` has.
    fileprivate var keyText: String? {
        switch self {
        case .string(let text): text
        case .int(let number): "\(number)"
        case .uint(let number): "\(number)"
        case .zero, .bool, .float, .complex, .invalidString, .bytes, .opaque, .list, .structure,
            .map, .interface:
            nil
        }
    }

    fileprivate func isKey(_ key: some CodingKey) -> Bool {
        switch self {
        case .string(let text): text == key.stringValue
        case .int(let number): key.intValue == Int(exactly: number)
        case .uint(let number): key.intValue == Int(exactly: number)
        case .zero, .bool, .float, .complex, .invalidString, .bytes, .opaque, .list, .structure,
            .map, .interface:
            false
        }
    }
}
