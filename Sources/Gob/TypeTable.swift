/// The types that a stream has defined so far, by id: the receiving side of type definitions.
struct TypeTable: Sendable {
    /// The table, in an array of one so that a copy of it is one reference.
    private var content = basic
    /// Whether a definition may say again what was said before.
    var acceptsRepeats = false

    private struct Content: Sendable {
        var schema = GobSchema()
        var indices: [TypeID: TypeIndex] = [:]
        /// How many bytes the definitions had.
        var definitionSize = 0
        /// Types of which all parts are known to be defined, and whether an interface is among them.
        var complete: [TypeIndex: Bool] = [:]
        /// The first few of them, which are found without a look into the tables.
        var roots: [Root] = []
    }

    /// A type of which all parts are defined.
    struct Root: Sendable {
        let id: TypeID
        let type: TypeIndex
        /// Whether a value of it may have values of other types inside.
        let hasInterfaces: Bool
    }

    /// How many types are found without a look into the tables.
    private static let rootLimit = 8

    var schema: GobSchema { content[0].schema }

    private static let basic: [Content] = {
        var content = Content()
        for kind in Kind.builtIn {
            guard let id = kind.builtInID else { continue }
            content.indices[id] = TypeIndex(kind)
        }
        return [content]
    }()

    /// Takes what another table has.
    mutating func take(_ table: TypeTable) { content = table.content }

    /// Whether a type was defined.
    func defines(_ id: TypeID) -> Bool {
        content[0].indices[id].map { schema.kind(of: $0) != nil } ?? false
    }

    /// Reads a definition, which may refer to types that are defined later.
    mutating func define(
        _ id: TypeID,
        from reader: inout ByteReader,
        limits: GobLimits,
        _ observer: some WalkObserver,
    ) throws(GobError.Fault) {
        let start = reader.offset
        let type = try reader.wireType(limits, observer)
        observer.next(.definition(.end), at: reader.streamOffset, depth: 0)
        if acceptsRepeats, says(type, of: id) { return }
        content[0].definitionSize += reader.offset - start
        guard content[0].definitionSize <= limits.definitionSize else {
            throw .limitExceeded(.definitionSize, limits.definitionSize)
        }
        guard id.isUserDefined else { throw .duplicateType(id: id.number) }
        let index = self.index(for: id)
        guard schema.kind(of: index) == nil else { throw .duplicateType(id: id.number) }
        let shape = resolve(type.shape)
        content[0].schema.define(index, as: shape, name: type.name)
        guard schema.count - Kind.builtIn.count <= limits.typeCount else {
            throw .limitExceeded(.typeCount, limits.typeCount)
        }
    }

    /// The type with an id, of which every part is defined, so that a decoder can run over it.
    ///
    /// Go refuses an undefined part too, also where the value would not need it.
    mutating func completeType(_ id: TypeID) throws(GobError.Fault) -> Root {
        if let root = content[0].roots.first(where: { $0.id == id }) { return root }
        guard let type = content[0].indices[id], schema.kind(of: type) != nil else {
            throw .undefinedType(id: id.number)
        }
        try findWhetherComplete(type)
        let hasInterfaces = content[0].complete[type] ?? (type == TypeIndex(.interface))
        let root = Root(id: id, type: type, hasInterfaces: hasInterfaces)
        if content[0].roots.count < Self.rootLimit { content[0].roots.append(root) }
        return root
    }

    /// Whether a value of a type that is complete may have values of other types inside, as far as
    /// that was looked for.
    func mayHaveInterfaces(_ type: TypeIndex) -> Bool {
        guard schema.kind(of: type)?.builtInID == nil else { return type == TypeIndex(.interface) }
        return content[0].complete[type] ?? true
    }

    private mutating func findWhetherComplete(_ root: TypeIndex) throws(GobError.Fault) {
        if root.position < Kind.builtIn.count || content[0].complete[root] != nil { return }
        var seen: Set<TypeIndex> = [root]
        var pending = [root]
        while let type = pending.popLast() {
            guard schema.kind(of: type) != nil else {
                throw .undefinedType(id: self.id(of: type)?.number ?? 0)
            }
            for part in schema.parts(of: type) where seen.insert(part).inserted {
                pending.append(part)
            }
        }
        if seen.contains(TypeIndex(.interface)) {
            content[0].complete[root] = true
        } else {
            for type in seen { content[0].complete[type] = false }
        }
    }

    /// Looks for every type whose parts are all defined, so that none needs a look later.
    mutating func findCompleteTypes() {
        let ids = content[0].indices.keys.filter(\.isUserDefined).sorted { $0.number < $1.number }
        for id in ids { _ = try? completeType(id) }
    }

    /// Whether a definition says what was said of its type before.
    private mutating func says(_ type: WireType, of id: TypeID) -> Bool {
        guard id.isUserDefined, defines(id), let index = content[0].indices[id] else {
            return false
        }
        return schema.name(of: index) == type.name && schema[index] == resolve(type.shape)
    }

    private mutating func resolve(_ shape: WireType.Shape) -> GobType {
        switch shape {
        case .array(let element, let count): .array(element: index(for: element), count: count)
        case .slice(let element): .slice(element: index(for: element))
        case .structure(let fields):
            .structure(fields.map { GobField($0.name, index(for: $0.type)) })
        case .map(let key, let value): .map(key: index(for: key), value: index(for: value))
        case .opaque(let encoding): .opaque(encoding)
        }
    }

    private mutating func index(for id: TypeID) -> TypeIndex {
        if let index = content[0].indices[id] { return index }
        let index = content[0].schema.reserve()
        content[0].indices[id] = index
        return index
    }

    /// The type with an id, which may be one that is only referred to.
    func type(_ id: TypeID) -> TypeIndex? { content[0].indices[id] }

    private func id(of type: TypeIndex) -> TypeID? {
        content[0].indices.first { $0.value == type }?.key
    }
}
