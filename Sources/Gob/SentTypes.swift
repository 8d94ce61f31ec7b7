/// The types that a stream has sent so far, and their ids: the sending side of type definitions.
struct SentTypes: Sendable {
    /// What was sent, in an array of one so that a copy of it is one reference.
    private var content = nothing

    private struct Content: Sendable {
        var schema = GobSchema()
        /// By the types' positions in the schema.
        var ids = [TypeID?](repeating: nil, count: Kind.builtIn.count)
        /// What was sent with other schemas, by the type's whole shape.
        var earlier: [GobSchema: TypeID] = [:]
        var next = TypeID.firstUser
    }

    private static let nothing = [Content()]
    private var schema: GobSchema { content[0].schema }

    /// Whether nothing was sent yet.
    var isEmpty: Bool { content[0].next == TypeID.firstUser }

    /// Goes over to another schema; types in it that were sent with an earlier one keep their ids.
    mutating func use(_ schema: GobSchema) {
        guard schema != self.schema else { return }
        if schema.extends(self.schema) {
            let more = schema.count - self.schema.count
            content[0].ids += [TypeID?](repeating: nil, count: more)
            content[0].schema = schema
            return
        }
        for (position, id) in content[0].ids.enumerated() {
            guard let id else { continue }
            content[0].earlier[self.schema.extracting(TypeIndex(position: position)).schema] = id
        }
        content[0].schema = schema
        content[0].ids = [TypeID?](repeating: nil, count: schema.count)
    }

    /// The id of a type that was sent, or is known to every peer.
    func id(of type: TypeIndex) -> TypeID? {
        schema.kind(of: type)?.builtInID ?? content[0].ids[Int(type.position)]
    }

    /// Sees to it that a type has an id.
    ///
    /// - Returns: The types that must be defined for it, in Go's order; none where it was sent.
    mutating func prepare(_ root: TypeIndex) throws(GobError.Fault) -> [TypeIndex] {
        guard id(of: root) == nil else { return [] }
        let fresh = try reachable(from: root).filter { recall($0) == nil }
        number(from: root)
        return fresh
    }

    /// The definition of a type that has an id.
    func definition(of type: TypeIndex) -> WireType? {
        let shape: WireType.Shape? =
            switch schema[type] {
            case .array(let element, let count):
                id(of: element).map { .array(element: $0, count: count) }
            case .slice(let element): id(of: element).map { .slice(element: $0) }
            case .structure(let fields):
                .structure(
                    fields.compactMap { field in
                        id(of: field.type).map { WireType.Field(name: field.name, type: $0) }
                    }
                )
            case .map(let key, let value):
                if let key = id(of: key), let value = id(of: value) {
                    .map(key: key, value: value)
                } else {
                    nil
                }
            case .opaque(let encoding): .opaque(encoding)
            case .basic, nil: nil
            }
        return shape.map { WireType(name: schema.name(of: type), shape: $0) }
    }

    /// Gives a type the id under which an equal one was sent before, if any.
    private mutating func recall(_ type: TypeIndex) -> TypeID? {
        if let id = id(of: type) { return id }
        guard !content[0].earlier.isEmpty,
            let id = content[0].earlier[schema.extracting(type).schema]
        else { return nil }
        content[0].ids[Int(type.position)] = id
        return id
    }

    /// A type and those that it needs, each before its parts: the order of definitions in Go.
    private func reachable(from root: TypeIndex) throws(GobError.Fault) -> [TypeIndex] {
        var order: [TypeIndex] = []
        var seen: Set<TypeIndex> = []
        var pending = [root]
        while let type = pending.popLast() {
            guard let kind = schema.kind(of: type) else { throw .undefinedType(id: 0) }
            guard kind.builtInID == nil, seen.insert(type).inserted else { continue }
            order.append(type)
            pending.append(contentsOf: schema.parts(of: type).reversed())
        }
        return order
    }

    /// Gives ids as Go does: a struct before its parts, an array, slice or map after them
    /// (type.go, `newTypeObject`), so that the bytes are those of a Go program that sends only this.
    private mutating func number(from root: TypeIndex) {
        enum Visit {
            case enter(TypeIndex)
            case leave(TypeIndex)
        }
        var seen: Set<TypeIndex> = []
        var pending: [Visit] = [.enter(root)]
        while let visit = pending.popLast() {
            switch visit {
            case .leave(let type): assign(type)
            case .enter(let type):
                guard seen.insert(type).inserted else {
                    // Of a recursion that a slice began, Go numbers the slice where it meets it again.
                    assign(type)
                    continue
                }
                if schema.kind(of: type) == .structure { assign(type) }
                pending.append(.leave(type))
                pending.append(contentsOf: schema.parts(of: type).reversed().map { .enter($0) })
            }
        }
    }

    private mutating func assign(_ type: TypeIndex) {
        guard id(of: type) == nil else { return }
        content[0].ids[Int(type.position)] = content[0].next
        content[0].next = content[0].next.next
    }
}
