/// The types of a value, or of a stream: a flat table in which types refer to each other by index.
///
/// Recursive types need nothing special here. A schema is at once what a decoder runs over, what a
/// renderer asks for names, and what an encoder sends as definitions.
public struct GobSchema: Sendable, Hashable {
    /// What the codec needs of a type, as plain data.
    struct Node: Sendable, Hashable {
        /// `nil` while the type is only referred to, and not defined yet.
        var kind: Kind?
        /// Element of an array or slice, value of a map; else unused.
        var element: Int32 = 0
        /// Key of a map; of a struct, where its fields begin in `allFields`; of an opaque type, its
        /// encoding.
        var key: Int32 = 0
        /// Length of an array, number of fields of a struct.
        var count = 0
    }

    /// The tables, in an array of one so that a copy of the schema is one reference.
    private var tables: [Tables]

    private struct Tables: Sendable, Hashable {
        var nodes = Kind.builtIn.map { Node(kind: $0) }
        var allFields: [GobField] = []
        var fieldTypes: [TypeIndex] = []
        var names = Kind.builtIn.map { _ in "" }
    }

    /// A schema of the basic types only.
    public init() {
        tables = Self.basic
    }

    private static let basic = [Tables()]

    /// What the types are.
    var nodes: [Node] { tables[0].nodes }
    /// The fields of all structs.
    var allFields: [GobField] { tables[0].allFields }
    /// The types of all fields, apart from their names so that reading one touches nothing else.
    var fieldTypes: [TypeIndex] { tables[0].fieldTypes }

    /// The number of types, the basic ones included.
    public var count: Int { nodes.count }

    /// Takes a place for a type that is not known yet, so that others can refer to it.
    public mutating func reserve() -> TypeIndex {
        tables[0].nodes.append(Node(kind: nil))
        tables[0].names.append("")
        return TypeIndex(position: nodes.count - 1)
    }

    /// Says what the type at a reserved place is.
    ///
    /// - Parameters:
    ///   - index: From ``reserve()``, and not defined yet.
    ///   - type: The type; what it refers to must be in this schema.
    ///   - name: The name that definitions carry; may be empty.
    public mutating func define(_ index: TypeIndex, as type: GobType, name: String = "") {
        let position = Int(index.position)
        precondition(nodes[position].kind == nil, "type \(position) is defined already")
        var node = Node(kind: type.kind)
        switch type {
        case .basic: break
        case .array(let element, let count):
            node.element = element.position
            node.count = count
        case .slice(let element):
            node.element = element.position
        case .structure(let fields):
            node.key = Int32(allFields.count)
            node.count = fields.count
            tables[0].allFields.append(contentsOf: fields)
            tables[0].fieldTypes.append(contentsOf: fields.map(\.type))
        case .map(let key, let value):
            node.key = key.position
            node.element = value.position
        case .opaque(let encoding):
            node.key = Int32(encoding.rawValue)
        }
        tables[0].nodes[position] = node
        tables[0].names[position] = name
    }

    /// Adds a type whose parts are in this schema already.
    public mutating func add(_ type: GobType, name: String = "") -> TypeIndex {
        let index = reserve()
        define(index, as: type, name: name)
        return index
    }

    /// The type at a place, or `nil` where one was reserved and never defined.
    public subscript(index: TypeIndex) -> GobType? {
        let node = self.node(index)
        guard let kind = node.kind else { return nil }
        let element = TypeIndex(position: Int(node.element))
        switch kind {
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface: return .basic(kind)
        case .array: return .array(element: element, count: node.count)
        case .slice: return .slice(element: element)
        case .structure: return .structure(Array(fields(of: index)))
        case .map: return .map(key: TypeIndex(position: Int(node.key)), value: element)
        case .opaque: return OpaqueEncoding(rawValue: UInt8(node.key)).map { .opaque($0) }
        }
    }

    /// The kind of the type at a place, or `nil` where it was never defined.
    public func kind(of index: TypeIndex) -> Kind? {
        node(index).kind
    }

    /// The fields of the struct at a place; none for any other type.
    public func fields(of index: TypeIndex) -> ArraySlice<GobField> {
        let node = self.node(index)
        guard node.kind == .structure else { return [] }
        return allFields[Int(node.key)..<Int(node.key) + node.count]
    }

    /// The name that the type's definition carries; empty where it has none.
    ///
    /// Go sends the bare name of a named type (`complexData`), and a field's whole spelling for an
    /// unnamed one (`map[string]int`).
    public func name(of index: TypeIndex) -> String {
        tables[0].names[Int(index.position)]
    }

    func node(_ index: TypeIndex) -> Node {
        nodes[Int(index.position)]
    }

    /// Whether this schema begins with all types of another one, as that of a stream that went on.
    func extends(_ other: GobSchema) -> Bool {
        nodes.starts(with: other.nodes) && tables[0].names.starts(with: other.tables[0].names)
            && allFields.starts(with: other.allFields)
    }

    /// Whether a list or a map has only scalars inside that need no definition.
    func isFlat(_ node: Node) -> Bool {
        switch node.kind {
        case .array, .slice: Self.isScalar(node.element)
        case .map: Self.isScalar(node.element) && Self.isScalar(node.key)
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface, .structure,
            .opaque, nil:
            false
        }
    }

    /// Whether the type at a place is basic and no interface, which is the last of them.
    private static func isScalar(_ position: Int32) -> Bool {
        position < Int32(Kind.interface.rawValue)
    }

    /// The types that a type refers to directly, in the order in which Go visits them.
    package func parts(of index: TypeIndex) -> [TypeIndex] {
        switch self[index] {
        case .array(let element, _), .slice(let element): [element]
        case .structure(let fields): fields.map(\.type)
        case .map(let key, let value): [key, value]
        case .basic, .opaque, nil: []
        }
    }
}
