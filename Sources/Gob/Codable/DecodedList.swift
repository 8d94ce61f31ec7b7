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
            guard let node, source.state.makeZeros(node.count) else {
                throw source.corrupted("arrays that were left out are too long to be made of zeros")
            }
            values = [GobValue](repeating: .zero, count: node.count)
        case (.zero, .slice), (.zero, .map), (.zero, .bytes), (.zero, .opaque), (.zero, nil):
            values = []
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
