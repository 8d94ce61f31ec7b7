package import Gob

/// Go types with all names resolved, each once, and what gob makes of them.
///
/// It can grow: what is in an interface brings types of its own. Nodes refer to each other by
/// number. How it is built is in `GoLayoutBuilder.swift`, its checks are in `GoLayoutChecks.swift`,
/// gob's types in `GoLayoutWire.swift`.
package struct GoLayout: Sendable {
    /// The gob types that Go sends for the types so far.
    package internal(set) var schema = GobSchema()
    /// The type with which the layout began.
    package private(set) var root = 0
    package internal(set) var nodes: [Node] = []

    package let types: GoTypeSet
    var interned: [Key: Int] = [:]
    /// The types of values in interfaces, by the names that came with them.
    private var registered: [String: Int] = [:]
    /// The gob type of each node that has one.
    var wireTypes: [Int: TypeIndex] = [:]

    /// How many types one layout may have, and so how deep what walks over it may go.
    static let nodeLimit = 4_000
    /// How deep types may refer to each other from the first.
    static let depthLimit = 500
    /// How long the spelling of a type may be, in bytes: as long as a name in gob.
    static let spellingLimit = 64 << 10
    /// How many parts a value may have that are not behind a pointer, slice, map or interface.
    static let sizeLimit = 1 << 22

    /// A type.
    package struct Node: Sendable {
        /// Its name without its package; empty where it has none.
        package var name = ""
        package var package = ""
        package var shape = Shape.unsent("")
        /// What is left when all pointers are taken off, and how many there are.
        package var base = 0
        package var pointers = 0
        /// How it writes itself, where it does.
        package var opaque: Opaque?
    }

    /// What a type is.
    package enum Shape: Sendable {
        case basic(GoType.Basic)
        case interface(methods: String)
        case pointer(Int)
        case slice(Int)
        case array(Int, count: Int)
        case map(key: Int, value: Int)
        case structure([Field])
        case unsent(String)
    }

    /// A field of a struct.
    package struct Field: Sendable, Hashable {
        package var name: String
        /// Its type; `nil` where that has nothing to do with how the struct is sent or shown.
        package var type: Int?
        package var isEmbedded: Bool
        package var tag: String
        /// Its number among the fields that are sent; `nil` where it is not.
        package var number: Int?
    }

    /// How the values of a type write themselves.
    package struct Opaque: Sendable {
        package var encoding: OpaqueEncoding
        /// Whether only a pointer does it, so that a value is sent even where it is zero.
        package var isOnPointer: Bool
        /// The type whose methods do it: `time.Time`, also where that is embedded in another.
        package var writer: String
    }

    /// What makes two types the same type.
    enum Key: Hashable {
        case basic(GoType.Basic)
        case interface(String)
        case pointer(Int)
        case slice(Int)
        case array(Int, Int)
        case map(Int, Int)
        case structure([Field])
        case unsent(String)
        /// Package and name.
        case named(String)
        /// Another name of a type.
        case alias(String)
    }

    /// The layout of a type, and of all that it needs.
    package init(types: GoTypeSet, type: GoType) throws(GoTypeError) {
        self.types = types
        root = try add(type)
    }

    /// The node of a type, which is added where it is new.
    package mutating func add(_ type: GoType) throws(GoTypeError) -> Int {
        let before = self
        do {
            let first = nodes.count
            let node = try intern(type, depth: 0)
            try check(from: first, root: node)
            addWireTypes(from: node)
            return node
        } catch {
            self = before
            throw error
        }
    }

    /// The node of the type that is registered under a name, or `nil` where there is none.
    package mutating func addRegistered(_ name: String) throws(GoTypeError) -> Int? {
        if let node = registered[name] { return node }
        guard let type = types.registeredType(name) else { return nil }
        let node = try add(type)
        registered[name] = node
        return node
    }

    /// A type without the pointers to it.
    package func base(_ node: Int) -> Node {
        nodes[nodes[node].base]
    }

    /// The gob type under which values of a type travel.
    package func wireType(of node: Int) -> TypeIndex {
        guard let type = wireTypes[nodes[node].base] else {
            preconditionFailure("a type that gob does not send")
        }
        return type
    }

    /// Whether it is a slice of bytes, which gob sends in one piece, and JSON as base64.
    package func isBytes(_ node: Int) -> Bool {
        guard case .slice(let element) = nodes[node].shape,
            case .basic(.uint8) = nodes[element].shape
        else { return false }
        return true
    }

    /// A type's name with its package: `main.Point`, `time.Time`; empty where it has none.
    package func fullName(of node: Int) -> String {
        let node = nodes[node]
        return node.package.isEmpty ? node.name : "\(node.package).\(node.name)"
    }

    /// The type as Go prints it: `[]main.Point`.
    package func spelling(of node: Int) -> String {
        guard nodes[node].name.isEmpty else { return fullName(of: node) }
        switch nodes[node].shape {
        case .basic(let basic): return basic.rawValue
        case .interface(let methods):
            return methods.isEmpty ? "interface {}" : "interface { \(methods) }"
        case .pointer(let element): return "*" + spelling(of: element)
        case .slice(let element): return "[]" + spelling(of: element)
        case .array(let element, let count): return "[\(count)]" + spelling(of: element)
        case .map(let key, let value): return "map[\(spelling(of: key))]\(spelling(of: value))"
        case .structure(let fields): return spelling(of: fields)
        case .unsent(let text): return text
        }
    }

    private func spelling(of fields: [Field]) -> String {
        guard !fields.isEmpty else { return "struct {}" }
        let parts = fields.map { field in
            let type = field.type.map { spelling(of: $0) } ?? "?"
            let tag = field.tag.isEmpty ? "" : " \(field.tag.interpretedInGo)"
            return (field.isEmbedded ? type : "\(field.name) \(type)") + tag
        }
        return "struct { \(parts.joined(separator: "; ")) }"
    }
}
