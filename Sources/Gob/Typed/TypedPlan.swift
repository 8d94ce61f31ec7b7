/// How values of a type on the wire come into memory of a Swift type: made once for each such pair,
/// as Go makes its engines.
final class TypedPlan: Sendable {
    struct Node: Sendable, BitwiseCopyable {
        let operation: TypedOperation
        /// Of a struct: where its fields begin, and how many the sender has; of an array, its length.
        var first: Int32 = 0
        var count: Int32 = 0
        var element: Int32 = -1
        var key: Int32 = -1
        var access: Int32 = -1
        var stride: Int32 = 0
        /// The type on the wire.
        let wire: TypeIndex
    }

    /// A field that the sender has.
    struct Field: Sendable, BitwiseCopyable {
        /// Negative where the receiver has none of its name.
        let node: Int32
        let offset: Int32
        let wire: TypeIndex
    }

    let nodes: ConstantTable<Node>
    let fields: ConstantTable<Field>
    let accesses: ConstantTable<GobAccess>

    /// Compares a type on the wire with a Swift type; node 0 is the plan for the whole.
    ///
    /// - Throws: What Go would say of types that do not go together, also where the value has
    ///   nothing of them.
    init(
        _ layout: TypedLayout,
        _ wire: TypeIndex,
        in schema: GobSchema,
    ) throws(GobError) {
        var compiler = TypedPlanCompiler(layouts: layout.layouts, schema: schema)
        try compiler.compile(layout.root, wire)
        nodes = ConstantTable(compiler.nodes)
        fields = ConstantTable(compiler.fields)
        accesses = layout.accesses
    }
}

/// Makes a ``TypedPlan``, without recursion: how deep types are nested is up to the sender.
private struct TypedPlanCompiler {
    let layouts: GobLayouts
    let schema: GobSchema
    var nodes: [TypedPlan.Node] = []
    var fields: [TypedPlan.Field] = []
    private var places: [Pair: Int32] = [:]
    private var pending: [Pending] = []

    private struct Pair: Hashable {
        let layout: Int32
        let wire: TypeIndex
    }

    private struct Pending {
        let place: Int32
        let pair: Pair
        let path: ValuePath
    }

    init(layouts: GobLayouts, schema: GobSchema) {
        self.layouts = layouts
        self.schema = schema
    }

    mutating func compile(_ root: GobLayouts.Index, _ wire: TypeIndex) throws(GobError) {
        _ = place(root.position, wire, ValuePath())
        while let next = pending.popLast() {
            do {
                try compile(next)
            } catch {
                throw GobError(error, path: next.path.text)
            }
        }
    }

    private mutating func place(_ layout: Int32, _ wire: TypeIndex, _ path: ValuePath) -> Int32 {
        let pair = Pair(layout: layout, wire: wire)
        if let place = places[pair] { return place }
        let place = Int32(nodes.count)
        let node = layouts.nodes[Int(layout)]
        nodes.append(TypedPlan.Node(operation: node.operation, wire: wire))
        nodes[Int(place)].access = node.access
        nodes[Int(place)].stride = node.stride
        places[pair] = place
        pending.append(Pending(place: place, pair: pair, path: path))
        return place
    }

    private mutating func compile(_ item: Pending) throws(GobError.Fault) {
        let node = layouts.nodes[Int(item.pair.layout)]
        let wire = item.pair.wire
        let place = Int(item.place)
        if node.operation == .pointer {
            nodes[place].element = self.place(node.element, wire, item.path)
            return
        }
        switch (layouts.schema[node.type], schema[wire]) {
        case (.basic(let mine), .basic(let theirs)) where mine == theirs: break
        case (.opaque(let mine), .opaque(let theirs)) where mine == theirs: break
        case (.structure, .structure(let theirs)):
            try structure(item, node, theirs)
        case (.slice, .slice(let element)):
            nodes[place].element = self.place(node.element, element, item.path)
        case (.array(_, let mine), .array(let element, let count)):
            guard mine == count else {
                throw .arrayLength(found: UInt64(count), expected: mine)
            }
            nodes[place].count = Int32(clamping: count)
            nodes[place].element = self.place(node.element, element, item.path)
        case (.map, .map(let key, let value)):
            nodes[place].key = self.place(node.key, key, item.path)
            nodes[place].element = self.place(node.element, value, item.path)
        default:
            throw .incompatible(
                found: schema.displayName(of: wire),
                expected: layouts.schema.displayName(of: node.type)
            )
        }
    }

    private mutating func structure(
        _ item: Pending,
        _ node: GobLayouts.Node,
        _ theirs: [GobField],
    ) throws(GobError.Fault) {
        let mine = layouts.fields[Int(node.first)..<Int(node.first + node.count)]
        var matches = 0
        let inside = theirs.map { field in
            guard let match = mine.first(where: { $0.name == field.name }) else {
                return TypedPlan.Field(node: -1, offset: 0, wire: field.type)
            }
            matches += 1
            var path = item.path
            path.field(field.name)
            let place = self.place(match.node, field.type, path)
            return TypedPlan.Field(node: place, offset: Int32(match.offset), wire: field.type)
        }
        guard matches > 0 || theirs.isEmpty || mine.isEmpty else {
            throw .noCommonField(
                found: schema.displayName(of: item.pair.wire),
                expected: layouts.displayName(of: item.pair.layout)
            )
        }
        nodes[Int(item.place)].first = Int32(fields.count)
        nodes[Int(item.place)].count = Int32(inside.count)
        fields += inside
    }
}
