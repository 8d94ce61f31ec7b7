import Gob

/// What a Go program finds out before it decodes a value: whether the received types fit its own,
/// and which received field goes where (decode.go, `compileDec`).
struct GoCompatibility: Sendable {
    /// A type of the receiver, and a received one.
    struct Pair: Hashable, Sendable {
        let local: Int
        let remote: TypeIndex
    }

    /// Where a received field goes: through embedded structs, by their numbers, to a field.
    struct Destination: Sendable {
        /// The numbers of the fields to pass, each with its type, the last being the field itself.
        let steps: [Step]

        struct Step: Sendable {
            let number: Int
            let type: Int
        }

        var type: Int { steps[steps.count - 1].type }
    }

    let schema: GobSchema
    /// For each pair of structs, where each received field goes; `nil` where it is left out.
    private(set) var plans: [Pair: [Destination?]] = [:]
    private var compiled: Set<Pair> = []
    private var destinations: [Int: [String: Destination?]] = [:]

    init(schema: GobSchema) {
        self.schema = schema
    }

    /// Finds out whether a received type can become one of the receiver's, at the top of a value or
    /// in an interface.
    mutating func check(
        _ local: Int,
        _ remote: TypeIndex,
        in layout: GoLayout,
    ) throws(GoReceiveError.Fault) {
        let base = layout.nodes[local].base
        if case .structure(let fields) = layout.nodes[base].shape, layout.nodes[base].opaque == nil
        {
            try compile(local, remote, in: layout)
            let plan = plans[Pair(local: base, remote: remote)] ?? []
            if !plan.isEmpty, !fields.isEmpty, plan.allSatisfy({ $0 == nil }) {
                throw .noCommonFields(layout.spelling(of: base))
            }
            return
        }
        var inProgress: [Int: TypeIndex] = [:]
        guard fits(local, remote, in: layout, &inProgress) else {
            throw mismatch(local, remote, layout)
        }
        try compile(local, remote, in: layout)
    }

    private mutating func compile(
        _ local: Int,
        _ remote: TypeIndex,
        in layout: GoLayout,
    ) throws(GoReceiveError.Fault) {
        var pending = [Pair(local: local, remote: remote)]
        while let next = pending.popLast() {
            let pair = Pair(local: layout.nodes[next.local].base, remote: next.remote)
            guard compiled.insert(pair).inserted, layout.nodes[pair.local].opaque == nil else {
                continue
            }
            switch (layout.nodes[pair.local].shape, schema[pair.remote]) {
            case (.structure, .structure(let fields)):
                pending += try compile(fields, pair, in: layout)
            case (.structure, _): throw mismatch(pair.local, pair.remote, layout)
            case (.slice(let local), .slice(let remote)),
                (.array(let local, _), .array(let remote, _)):
                pending.append(Pair(local: local, remote: remote))
            case (.map(let key, let value), .map(let remoteKey, let remoteValue)):
                pending.append(Pair(local: key, remote: remoteKey))
                pending.append(Pair(local: value, remote: remoteValue))
            case (.basic, _), (.interface, _), (.slice, _), (.array, _), (.map, _), (.pointer, _),
                (.unsent, _):
                break
            }
        }
    }

    /// The received fields of a struct, each with its destination.
    private mutating func compile(
        _ fields: [GobField],
        _ pair: Pair,
        in layout: GoLayout,
    ) throws(GoReceiveError.Fault) -> [Pair] {
        var plan: [Destination?] = []
        var pending: [Pair] = []
        if destinations[pair.local] == nil {
            destinations[pair.local] = Self.destinations(in: pair.local, layout)
        }
        for field in fields {
            let destination = (destinations[pair.local]?[field.name] ?? nil)
            plan.append(destination)
            guard let destination else { continue }
            var inProgress: [Int: TypeIndex] = [:]
            guard fits(destination.type, field.type, in: layout, &inProgress) else {
                throw .fieldMismatch(
                    field.name,
                    received: schema.displayName(of: field.type),
                    local: layout.spelling(of: destination.type)
                )
            }
            pending.append(Pair(local: destination.type, remote: field.type))
        }
        plans[pair] = plan
        return pending
    }

    /// Whether values of a received type can become values of one of the receiver's.
    ///
    /// Any type fits a struct here; its fields are looked at later. A type of the receiver that is
    /// met again must meet the same received type (decode.go, `compatibleType`).
    private func fits(
        _ local: Int,
        _ remote: TypeIndex,
        in layout: GoLayout,
        _ inProgress: inout [Int: TypeIndex],
    ) -> Bool {
        if let other = inProgress[local] { return other == remote }
        inProgress[local] = remote
        let node = layout.base(local)
        let received = schema[remote]
        if let opaque = node.opaque { return received == .opaque(opaque.encoding) }
        if case .opaque = received { return false }
        switch (node.shape, received) {
        case (.structure, _): return true
        case (.basic(let basic), _): return received == .basic(basic.kind)
        case (.interface, _): return received == .basic(.interface)
        case (.array(let element, let count), .array(let remoteElement, let remoteCount)):
            return count == remoteCount && fits(element, remoteElement, in: layout, &inProgress)
        case (.slice, _) where layout.isBytes(layout.nodes[local].base):
            return received == .basic(.bytes)
        case (.slice(let element), .slice(let remoteElement)):
            let base = layout.nodes[element].base
            return fits(base, remoteElement, in: layout, &inProgress)
        case (.map(let key, let value), .map(let remoteKey, let remoteValue)):
            return fits(key, remoteKey, in: layout, &inProgress)
                && fits(value, remoteValue, in: layout, &inProgress)
        case (.array, _), (.slice, _), (.map, _), (.pointer, _), (.unsent, _): return false
        }
    }

    private func mismatch(
        _ local: Int,
        _ remote: TypeIndex,
        _ layout: GoLayout,
    ) -> GoReceiveError.Fault {
        .mismatch(received: schema.displayName(of: remote), local: layout.spelling(of: local))
    }

    /// The fields of a struct by name, those of embedded structs included: of two at one depth
    /// neither counts, and a deeper one is hidden (reflect, `FieldByName`).
    private static func destinations(
        in root: Int,
        _ layout: GoLayout,
    ) -> [String: Destination?] {
        var found: [String: Destination?] = [:]
        var seen: Set<Int> = [root]
        var level: [(Int, [Destination.Step])] = [(root, [])]
        while !level.isEmpty {
            var atThisDepth: [String: Destination?] = [:]
            var next: [(Int, [Destination.Step])] = []
            for (node, steps) in level {
                guard case .structure(let fields) = layout.nodes[node].shape else { continue }
                for field in fields {
                    guard field.name.isExportedInGo, let type = field.type else { continue }
                    let step = Destination.Step(number: field.number ?? 0, type: type)
                    let isTaken = atThisDepth[field.name] != nil
                    atThisDepth[field.name] =
                        .some(isTaken ? nil : Destination(steps: steps + [step]))
                    let base = layout.nodes[type].base
                    if field.isEmbedded, field.number != nil, seen.insert(base).inserted {
                        next.append((base, steps + [step]))
                    }
                }
            }
            found.merge(atThisDepth) { shallower, _ in shallower }
            level = next
        }
        return found
    }
}
