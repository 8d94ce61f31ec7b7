import Gob

/// What a Go program finds out before it decodes a value: whether the received types fit its own,
/// and what it does with each of their parts (decode.go, `compileDec`).
///
/// It is found out in Go's order, so that of several faults it is Go's that is told.
struct GoCompatibility: Sendable {
    /// A type of the receiver, and a received one.
    struct Pair: Hashable, Sendable {
        let local: Int
        let remote: TypeIndex
    }

    /// How values of a received type become those of one of the receiver's.
    struct Operation: Sendable {
        /// The receiver's type, with its pointers.
        let local: Int
        let remote: TypeIndex
        /// What Go says is out of range where a number inside is.
        var rangeName: String
        /// Whether Go made it for another received type (golang/go, `decOpFor`: it looks up the
        /// receiver's type alone), so that what it makes of values cannot be foretold.
        var isMistaken = false
        /// The operations of the elements, or of a map's values, and of a map's keys.
        var element: Int?
        var key: Int?
    }

    /// What becomes of a received field that the receiver has.
    struct Field: Sendable {
        let destination: GoPromotion.Destination
        let operation: Int
    }

    let schema: GobSchema
    private(set) var operations: [Operation] = []
    /// For each pair of structs, what becomes of each received field; `nil` where it is left out.
    private(set) var plans: [Pair: [Field?]] = [:]
    private var checked: [Pair: Int] = [:]
    private var compiled: Set<Pair> = []
    private var destinations: [Int: [String: GoPromotion.Destination]] = [:]
    /// The operations that were made for types of the receiver's, by where they are known.
    private var known: [Known: Int] = [:]
    private var scopeCount = 0
    private var pending: [Task] = []

    /// A type of the receiver's that Go has met while it looked at the fields of one struct.
    private struct Known: Hashable {
        let scope: Int
        let local: Int
    }

    /// What is still to be looked at, the next last.
    private enum Task {
        case field(Int, GobField, Pair, scope: Int)
        case element(of: Int, local: Int, TypeIndex, name: String, scope: Int)
        case key(of: Int, local: Int, TypeIndex, name: String, scope: Int)
    }

    init(schema: GobSchema) {
        self.schema = schema
    }

    /// Finds out whether a received type can become one of the receiver's, at the top of a value or
    /// in an interface.
    ///
    /// - Parameters:
    ///   - local: The receiver's type.
    ///   - remote: The received one.
    ///   - name: How Go calls the type of the variable.
    ///   - layout: The receiver's types.
    /// - Returns: The operation.
    /// - Throws: ``GoRefusal`` where it cannot.
    mutating func check(
        _ local: Int,
        _ remote: TypeIndex,
        name: String,
        in layout: GoLayout,
    ) throws(GoRefusal) -> Int {
        if let operation = checked[Pair(local: local, remote: remote)] { return operation }
        let base = layout.nodes[local].base
        let isStructure = layout.isStructure(base)
        var inProgress: [Int: TypeIndex] = [:]
        if !isStructure, !fits(local, remote, in: layout, &inProgress) {
            throw mismatch(local, remote, name, layout)
        }
        let scope = beginScope()
        let operation = try operation(local, remote, name, scope, in: layout)
        while let task = pending.popLast() { try look(at: task, in: layout) }
        if isStructure { try checkCommonFields(base, remote, layout) }
        checked[Pair(local: local, remote: remote)] = operation
        return operation
    }

    private func checkCommonFields(
        _ base: Int,
        _ remote: TypeIndex,
        _ layout: GoLayout,
    ) throws(GoRefusal) {
        let plan = plans[Pair(local: base, remote: remote)] ?? []
        guard case .structure(let fields) = layout.nodes[base].shape, !fields.isEmpty,
            !plan.isEmpty, plan.allSatisfy({ $0 == nil })
        else { return }
        throw .noCommonFields(layout.spelling(of: base), bareName: layout.nodes[base].name)
    }

    private mutating func beginScope() -> Int {
        scopeCount += 1
        return scopeCount
    }

    private mutating func look(at task: Task, in layout: GoLayout) throws(GoRefusal) {
        switch task {
        case .field(let index, let field, let pair, let scope):
            guard let destination = destinations[pair.local]?[field.name] else { return }
            var inProgress: [Int: TypeIndex] = [:]
            guard fits(destination.type, field.type, in: layout, &inProgress) else {
                throw .fieldMismatch(
                    field.name,
                    received: schema.displayName(of: field.type),
                    structure: schema.name(of: pair.remote),
                    local: layout.spelling(of: destination.type)
                )
            }
            let made = try operation(destination.type, field.type, field.name, scope, in: layout)
            plans[pair]?[index] = Field(destination: destination, operation: made)
        case .element(let outer, let local, let remote, let name, let scope):
            operations[outer].element = try operation(local, remote, name, scope, in: layout)
        case .key(let outer, let local, let remote, let name, let scope):
            operations[outer].key = try operation(local, remote, name, scope, in: layout)
        }
    }

    /// The operation for a part; what it needs of the parts inside comes next.
    private mutating func operation(
        _ local: Int,
        _ remote: TypeIndex,
        _ name: String,
        _ scope: Int,
        in layout: GoLayout,
    ) throws(GoRefusal) -> Int {
        let base = layout.nodes[local].base
        let index = operations.count
        let place = Known(scope: scope, local: local)
        let other = layout.hasParts(base) ? known[place] : nil
        if let other, schema.isSame(operations[other].remote, remote) { return other }
        operations.append(Operation(local: local, remote: remote, rangeName: name))
        operations[index].isMistaken = other != nil
        guard layout.hasParts(base), other == nil else { return index }
        known[place] = index
        try addParts(of: index, base, name, scope, in: layout)
        return index
    }

    private mutating func addParts(
        of index: Int,
        _ base: Int,
        _ name: String,
        _ scope: Int,
        in layout: GoLayout,
    ) throws(GoRefusal) {
        let remote = operations[index].remote
        switch (layout.nodes[base].shape, schema[remote]) {
        case (.structure, .structure(let fields)): compile(fields, base, remote, in: layout)
        case (.structure, _):
            throw .notStructure(
                received: schema.displayName(of: remote),
                local: layout.spelling(of: base)
            )
        case (.slice(let local), .slice(let remote)),
            (.array(let local, _), .array(let remote, _)):
            let name = "element of \(name)"
            operations[index].rangeName = name
            pending.append(.element(of: index, local: local, remote, name: name, scope: scope))
        case (.map(let key, let value), .map(let remoteKey, let remoteValue)):
            pending.append(
                .element(
                    of: index,
                    local: value,
                    remoteValue,
                    name: "element of \(name)",
                    scope: scope
                )
            )
            pending.append(
                .key(of: index, local: key, remoteKey, name: "key of \(name)", scope: scope)
            )
        case (.basic, _), (.interface, _), (.slice, _), (.array, _), (.map, _), (.pointer, _),
            (.unsent, _):
            break
        }
    }

    /// Makes the plan of a struct, whose fields come next.
    private mutating func compile(
        _ fields: [GobField],
        _ base: Int,
        _ remote: TypeIndex,
        in layout: GoLayout,
    ) {
        let pair = Pair(local: base, remote: remote)
        guard compiled.insert(pair).inserted else { return }
        plans[pair] = [Field?](repeating: nil, count: fields.count)
        if destinations[base] == nil {
            destinations[base] = GoPromotion.destinations(in: base, layout)
        }
        let scope = beginScope()
        for (index, field) in fields.enumerated().reversed() {
            pending.append(.field(index, field, pair, scope: scope))
        }
    }
}

extension GoLayout {
    /// Whether a type without pointers is a struct, and no type that writes itself.
    fileprivate func isStructure(_ base: Int) -> Bool {
        if case .structure = nodes[base].shape { nodes[base].opaque == nil } else { false }
    }

    /// Whether Go makes an operation for a type that is none of its table of basic types.
    fileprivate func hasParts(_ base: Int) -> Bool {
        if case .basic = nodes[base].shape { false } else { nodes[base].opaque == nil }
    }
}
