/// The types that a stream has defined so far, by id: the receiving side of type definitions.
struct TypeTable: Sendable {
    private(set) var schema = GobSchema()
    private var indices: [TypeID: TypeIndex] = [:]
    /// How many bytes the definitions had.
    private var definitionSize = 0
    /// Types of which all parts are known to be defined.
    private var complete: Set<TypeIndex> = []

    init() {
        for kind in Kind.builtIn {
            guard let id = kind.builtInID else { continue }
            indices[id] = TypeIndex(kind)
        }
    }

    /// Reads a definition, which may refer to types that are defined later.
    mutating func define(
        _ id: TypeID,
        from reader: inout ByteReader,
        limits: GobLimits,
    ) throws(GobError.Fault) {
        let start = reader.offset
        let type = try reader.wireType(limits)
        definitionSize += reader.offset - start
        guard definitionSize <= limits.definitionSize else {
            throw .limitExceeded(.definitionSize, limits.definitionSize)
        }
        guard id.isUserDefined else { throw .duplicateType(id: id.number) }
        let index = self.index(for: id)
        guard schema.kind(of: index) == nil else { throw .duplicateType(id: id.number) }
        schema.define(index, as: resolve(type.shape), name: type.name)
        guard schema.count - Kind.builtIn.count <= limits.typeCount else {
            throw .limitExceeded(.typeCount, limits.typeCount)
        }
    }

    /// The type with an id, of which every part is defined, so that a decoder can run over it.
    ///
    /// Go refuses an undefined part too, also where the value would not need it.
    mutating func completeType(_ id: TypeID) throws(GobError.Fault) -> TypeIndex {
        guard let root = indices[id], schema.kind(of: root) != nil else {
            throw .undefinedType(id: id.number)
        }
        if root.position < Kind.builtIn.count || complete.contains(root) { return root }
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
        complete.formUnion(seen)
        return root
    }

    /// Looks for every type whose parts are all defined, so that none needs a look later.
    mutating func findCompleteTypes() {
        for id in indices.keys { _ = try? completeType(id) }
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
        if let index = indices[id] { return index }
        let index = schema.reserve()
        indices[id] = index
        return index
    }

    private func id(of type: TypeIndex) -> TypeID? {
        indices.first { $0.value == type }?.key
    }
}
