/// The memory of Swift types, as the codec needs to know it: what they are and, of structs, where
/// their fields are.
///
/// A type describes itself here with ``GobTyped/gobLayout(in:)``. What comes of it is plain data, so
/// that running over it costs no reference counting.
public struct GobLayouts: Sendable {
    /// Where a type was put.
    public struct Index: Sendable {
        @usableFromInline let position: Int32
    }

    struct Node: Sendable, BitwiseCopyable {
        let operation: TypedOperation
        /// Of a struct: where its fields begin, and how many they are; of an array, its length.
        var first: Int32 = 0
        var count: Int32 = 0
        /// Element of a list, value of a map, what a pointer points to.
        var element: Int32 = -1
        /// Key of a map.
        var key: Int32 = -1
        /// How to reach what is inside, in `accesses`.
        var access: Int32 = -1
        /// From one element of an array to the next, in bytes.
        var stride: Int32 = 0
        /// The type for the wire, in `schema`.
        let type: TypeIndex
    }

    struct Field: Sendable {
        let name: String
        let node: Int32
        let offset: Int
    }

    private(set) var nodes: [Node] = []
    private(set) var fields: [Field] = []
    private(set) var accesses: [GobAccess] = []
    private(set) var schema = GobSchema()
    /// How Go spells each type.
    private var spellings: [String] = []
    private var places: [ObjectIdentifier: Index] = [:]
    /// Where the type asked for next stands, which decides what Go names it.
    private var standing = Standing.alone

    /// Where Go meets a type first (type.go, `newTypeObject`).
    @usableFromInline
    enum Standing: Sendable {
        /// At the top: a struct has its name.
        case alone
        /// In a struct: what has no name has its spelling for one.
        case field
        /// In a slice: a struct has its name, but not behind a pointer.
        case element
        /// In an array or a map: nothing has a name.
        case nameless

        /// The name of a type that Go programs give one.
        func named(_ name: String) -> String { self == .nameless ? "" : name }

        /// The name of a type that they only spell.
        func unnamed(_ spelling: String) -> String { self == .field ? spelling : "" }
    }

    init() {}

    /// Where a type is; it and what it consists of are put here the first time.
    @inlinable
    mutating func index<Value: GobTyped>(of type: Value.Type) -> Index {
        place(of: ObjectIdentifier(type)) ?? Value.gobLayout(in: &self)
    }

    /// Where a type was put.
    @usableFromInline
    func place(of type: ObjectIdentifier) -> Index? { places[type] }

    /// What a type is called in errors, also where its definition has no name.
    func displayName(of node: Int32) -> String {
        let type = nodes[Int(node)].type
        return schema.name(of: type).isEmpty
            ? spellings[Int(node)] : schema.displayName(of: type)
    }

    mutating func scalar<Value: GobTyped>(
        _ type: Value.Type,
        _ operation: TypedOperation,
        _ kind: Kind,
        spelling: String,
    ) -> Index {
        let node = Node(operation: operation, type: TypeIndex(kind))
        return add(ObjectIdentifier(type), node, spelling: spelling)
    }

    /// A type that writes itself.
    @usableFromInline
    mutating func opaque<Value: GobOpaque>(
        _ type: Value.Type,
        name: String,
        encoding: OpaqueEncoding,
        access: GobAccess,
    ) -> Index {
        let wireType = schema.add(.opaque(encoding), name: standing.named(name))
        var node = Node(operation: .opaque, type: wireType)
        node.access = add(access)
        return add(ObjectIdentifier(type), node, spelling: "main.\(name)")
    }

    mutating func structure<Value: GobStructure>(
        _ type: Value.Type,
        name: String,
        fields: [GobStructureField<Value>],
    ) -> Index {
        let wireType = schema.reserve()
        let wireName = standing.named(name)
        // Known from now on, for a field that leads back here.
        let node = Node(operation: .structure, type: wireType)
        let index = add(ObjectIdentifier(type), node, spelling: "main.\(name)")
        let inside = fields.map { field in
            standing = .field
            let node = field.layout(&self).position
            return Field(name: field.name, node: node, offset: field.offset)
        }
        standing = .alone
        nodes[Int(index.position)].first = Int32(self.fields.count)
        nodes[Int(index.position)].count = Int32(inside.count)
        self.fields += inside
        let parts = inside.map { GobField($0.name, nodes[Int($0.node)].type) }
        schema.define(wireType, as: .structure(parts), name: wireName)
        return index
    }

    /// `[]byte`.
    @usableFromInline
    mutating func bytes<Value: GobTyped>(_ type: Value.Type) -> Index {
        scalar(type, .bytes, .bytes, spelling: "[]uint8")
    }

    /// `any`, and every other interface.
    @usableFromInline
    mutating func interface<Value: GobTyped>(_ type: Value.Type) -> Index {
        scalar(type, .interface, .interface, spelling: "interface {}")
    }

    /// A slice.
    @inlinable
    mutating func list<Value: GobTyped, Element: GobTyped>(
        _ type: Value.Type,
        of element: Element.Type,
        access: GobAccess,
    ) -> Index {
        let standing = stand(.element)
        let element = index(of: element)
        return add(ObjectIdentifier(type), .list, standing, element: element, access: access)
    }

    /// An array.
    @inlinable
    mutating func array<Value: GobTyped, Element: GobTyped>(
        _ type: Value.Type,
        of element: Element.Type,
        count: Int,
    ) -> Index {
        let standing = stand(.nameless)
        let stride = MemoryLayout<Element>.stride
        let element = index(of: element)
        return add(
            ObjectIdentifier(type),
            .array,
            standing,
            element: element,
            count: count,
            stride: stride
        )
    }

    /// A map.
    @inlinable
    mutating func map<Map: GobTyped, Key: GobTyped, Value: GobTyped>(
        _ type: Map.Type,
        key: Key.Type,
        value: Value.Type,
        access: GobAccess,
    ) -> Index {
        let standing = stand(.nameless)
        let key = index(of: key)
        stand(.nameless)
        let value = index(of: value)
        return add(
            ObjectIdentifier(type),
            .map,
            standing,
            element: value,
            key: key,
            access: access
        )
    }

    /// A pointer, which on the wire is what it points to.
    @inlinable
    mutating func pointer<Value: GobTyped, Pointee: GobTyped>(
        _ type: Value.Type,
        to pointee: Pointee.Type,
        access: GobAccess,
    ) -> Index {
        let standing = standBehindPointer()
        let pointee = index(of: pointee)
        return add(ObjectIdentifier(type), .pointer, standing, element: pointee, access: access)
    }

    /// Adds a type that has parts, unless they led back to it and it is here already.
    @usableFromInline
    mutating func add(
        _ type: ObjectIdentifier,
        _ operation: TypedOperation,
        _ standing: Standing,
        element: Index,
        key: Index? = nil,
        count: Int = 0,
        stride: Int = 0,
        access: GobAccess? = nil,
    ) -> Index {
        if let index = places[type] { return index }
        let inside = nodes[Int(element.position)].type
        let insideName = spellings[Int(element.position)]
        let keyName = key.map { spellings[Int($0.position)] } ?? ""
        let spelling: String
        let shape: GobType
        switch (operation, key) {
        case (.pointer, _):
            var node = Node(operation: operation, element: element.position, type: inside)
            if let access { node.access = add(access) }
            return add(type, node, spelling: "*\(insideName)")
        case (_, let key?):
            spelling = "map[\(keyName)]\(insideName)"
            shape = .map(key: nodes[Int(key.position)].type, value: inside)
        case (.array, nil):
            spelling = "[\(count)]\(insideName)"
            shape = .array(element: inside, count: count)
        case (_, nil):
            spelling = "[]\(insideName)"
            shape = .slice(element: inside)
        }
        let wireType = schema.add(shape, name: standing.unnamed(spelling))
        var node = Node(operation: operation, element: element.position, type: wireType)
        node.key = key?.position ?? -1
        node.count = Int32(clamping: count)
        node.stride = Int32(clamping: stride)
        if let access { node.access = add(access) }
        return add(type, node, spelling: spelling)
    }

    /// Says where the next type stands.
    ///
    /// - Returns: Where the one stands that it is a part of.
    @usableFromInline
    @discardableResult
    mutating func stand(_ next: Standing) -> Standing {
        defer { standing = next }
        return standing
    }

    @usableFromInline
    mutating func standBehindPointer() -> Standing {
        if standing == .element { standing = .nameless }
        return standing
    }

    private mutating func add(
        _ type: ObjectIdentifier,
        _ node: Node,
        spelling: String,
    ) -> Index {
        standing = .alone
        nodes.append(node)
        spellings.append(spelling)
        let index = Index(position: Int32(nodes.count - 1))
        places[type] = index
        return index
    }

    private mutating func add(_ access: GobAccess) -> Int32 {
        accesses.append(access)
        return Int32(accesses.count - 1)
    }
}

/// What is to be done with a value of a Swift type.
@usableFromInline
enum TypedOperation: UInt8, Sendable, BitwiseCopyable {
    case bool
    case int, int8, int16, int32
    case uint, uint8, uint16, uint32
    case float, double
    case complex64, complex128
    case string, byteString, bytes
    case structure, list, array, map, pointer, interface, opaque
}
