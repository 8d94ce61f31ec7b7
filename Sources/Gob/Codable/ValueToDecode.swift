/// What the decoders of one value share.
final class DecodingState {
    let schema: GobSchema
    let nodes: [GobSchema.Node]
    let fields: [GobField]
    let userInfo: [CodingUserInfoKey: any Sendable]
    /// How deep values may be nested: the types' own code runs on the thread's stack.
    let depth: Int

    init(schema: GobSchema, userInfo: [CodingUserInfoKey: any Sendable], depth: Int) {
        self.schema = schema
        self.depth = depth
        nodes = schema.nodes
        fields = schema.allFields
        self.userInfo = userInfo
    }

    /// How many more elements arrays that were left out may have: they take no bytes of the gob.
    private var zeros = 1 << 20

    /// Whether an array of so many zeros may be made.
    func makeZeros(_ count: Int) -> Bool {
        guard count <= zeros else { return false }
        zeros -= count
        return true
    }

    /// The positions of structs' fields by their names, by the number of the first of all.
    private var positions: [Int: [String: Int]] = [:]

    /// Which field of a struct has a name.
    func position(of name: String, among node: GobSchema.Node) -> Int? {
        let first = Int(node.key)
        if let known = positions[first] { return known[name] }
        var table = [String: Int](minimumCapacity: node.count)
        for index in (0..<node.count).reversed() { table[fields[first + index].name] = index }
        positions[first] = table
        return table[name]
    }
}

/// A value on its way into a `Decodable` type.
final class ValueToDecode: Decoder {
    let value: GobValue
    let type: TypeIndex?
    let state: DecodingState
    private let parent: ValueToDecode?
    private let step: Step
    private let depth: Int
    /// Of a struct its fields, of a map alternately keys and values.
    var values: [GobValue] = []
    var isMap = false
    /// The key that was found last, by its number.
    var lastKey = 0
    /// Of a map whose keys are not asked for in their order: where each is.
    var entries: [Name: Int] = [:]

    /// How one came here from the value around this one.
    enum Step {
        case top
        case key(any CodingKey)
        case index(Int)
    }

    /// A value of a type, which is `nil` where the sender has no such field and the value is zero.
    init(
        _ value: GobValue,
        _ type: TypeIndex?,
        _ state: DecodingState,
        parent: ValueToDecode?,
        step: Step,
    ) {
        if case .interface(let content) = value {
            self.value = content.value
            self.type = content.type
        } else {
            self.value = value
            self.type = type
        }
        self.state = state
        self.parent = parent
        depth = (parent?.depth ?? 0) + 1
        self.step = step
    }

    var codingPath: [any CodingKey] {
        var path = parent?.codingPath ?? []
        switch step {
        case .top: break
        case .key(let key): path.append(key)
        case .index(let index): path.append(GobCodingKey(index))
        }
        return path
    }

    var userInfo: [CodingUserInfoKey: Any] { state.userInfo }

    var node: GobSchema.Node? { type.map { state.nodes[Int($0.position)] } }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        try checkDepth()
        try prepareKeys()
        return KeyedDecodingContainer(KeyedValues<Key>(source: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try checkDepth()
        return try ListedValues(self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    /// The value as one of a type, the common ones without a detour.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try value.shortcut(to: type) { try decodeInFull(type) }
    }

    /// The value as one of a type that has no shortcut.
    func decodeInFull<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if node?.kind == .opaque { return try decodeOpaque(type) }
        try checkDepth()
        return try Value(from: self)
    }

    /// Apart, because a function that mentions the optional of a type makes it at run time, each
    /// time it is called.
    private func decodeOpaque<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let opaque = type as? any GobOpaque.Type,
            let value = try self.opaque(opaque) as? Value
        {
            return value
        }
        try checkDepth()
        return try Value(from: self)
    }

    /// Makes sure that the thread's stack is deep enough, by whatever way one came here.
    private func checkDepth() throws {
        guard depth <= state.depth else {
            throw corrupted("\(GobError.Fault.limitExceeded(.depth, state.depth))")
        }
    }

    /// Whether nothing was sent for the value.
    var isZero: Bool {
        if case .zero = value { true } else { false }
    }

    /// The error that the value's kind is not the one that is wanted.
    func mismatch(_ wanted: Any.Type) -> DecodingError {
        let found = type.map { state.schema.displayName(of: $0) } ?? value.caseName
        return DecodingError.typeMismatch(
            wanted,
            DecodingError.Context(
                codingPath: codingPath,
                debugDescription: "the gob has a value of the Go type \(found)"
            )
        )
    }

    /// The error that the value itself does not fit.
    func corrupted(_ why: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: why))
    }
}

/// A key for an element, or for what has no key of its own.
struct GobCodingKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ index: Int) {
        stringValue = "\(index)"
        intValue = index
    }

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init?(intValue: Int) {
        self.init(intValue)
    }
}
