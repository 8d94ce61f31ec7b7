private import Gob

/// What must hold of types before values of them are made.
extension GoLayout {
    /// Completes the nodes from one on, and refuses what Go or gob would refuse.
    mutating func check(from first: Int, root: Int) throws(GoTypeError) {
        for node in first..<nodes.count { try findBase(node) }
        for node in first..<nodes.count where nodes[node].opaque == nil {
            nodes[node].opaque = promotedOpaque(node)
        }
        try refuseUnsent(root)
        for node in first..<nodes.count { try checkParts(node) }
        var lengths: [Int: Int] = [:]
        for node in first..<nodes.count { _ = try spellingLength(of: node, &lengths) }
        var sizes: [Int: Int] = [:]
        for node in first..<nodes.count { _ = try size(of: node, &sizes) }
    }

    /// Whether values of a type can be sent: no struct may have fields of which none is exported.
    package func checkSendable(_ root: Int) throws(GoTypeError) {
        var seen: Set<Int> = []
        var pending = [root]
        while let node = pending.popLast().map({ nodes[$0].base }) {
            guard seen.insert(node).inserted, nodes[node].opaque == nil else { continue }
            switch nodes[node].shape {
            case .structure(let fields):
                guard fields.isEmpty || fields.contains(where: { $0.number != nil }) else {
                    throw GoTypeError(.noExportedFields(spelling(of: node)))
                }
                pending += fields.compactMap { $0.number == nil ? nil : $0.type }
            case .slice(let element), .array(let element, _): pending.append(element)
            case .map(let key, let value): pending += [key, value]
            case .basic, .interface, .pointer, .unsent: break
            }
        }
    }

    private mutating func findBase(_ node: Int) throws(GoTypeError) {
        var base = node
        var pointers = 0
        while case .pointer(let element) = nodes[base].shape {
            base = element
            pointers += 1
            guard pointers <= nodes.count else { throw GoTypeError(.endless(spelling(of: node))) }
        }
        nodes[node].base = base
        nodes[node].pointers = pointers
    }

    private func checkParts(_ node: Int) throws(GoTypeError) {
        guard nodes[node].opaque == nil else { return }
        switch nodes[node].shape {
        case .slice(let element), .array(let element, _): try refuseUnsent(element)
        case .map(let key, let value):
            try refuseUnsent(key)
            try refuseUnsent(value)
            switch nodes[key].shape {
            case .slice, .map: throw GoTypeError(.mapKey(spelling(of: key)))
            case .basic, .interface, .pointer, .array, .structure, .unsent: break
            }
        case .basic, .interface, .pointer, .structure, .unsent: break
        }
    }

    private func refuseUnsent(_ node: Int) throws(GoTypeError) {
        guard case .unsent(let text) = base(node).shape else { return }
        throw GoTypeError(.notSent(text))
    }

    /// How many parts a value has that are not behind a reference; a type inside itself has no end.
    private func size(of node: Int, _ sizes: inout [Int: Int]) throws(GoTypeError) -> Int {
        if let size = sizes[node] {
            guard size > 0 else { throw GoTypeError(.endless(spelling(of: node))) }
            return size
        }
        sizes[node] = 0
        var size = 1
        switch nodes[node].shape {
        case .array(let element, let count):
            let (product, overflow) = count.multipliedReportingOverflow(
                by: try self.size(of: element, &sizes)
            )
            size = overflow ? .max : max(1, product)
        case .structure(let fields):
            for field in fields {
                guard let type = field.type else { continue }
                size += try self.size(of: type, &sizes)
            }
        case .basic, .interface, .pointer, .slice, .map, .unsent: break
        }
        guard size <= Self.sizeLimit else {
            throw GoTypeError(.tooLarge(spelling(of: node), limit: Self.sizeLimit))
        }
        sizes[node] = size
        return size
    }

    /// About how long a type's spelling is, which aliases can make longer than any text.
    private func spellingLength(
        of node: Int,
        _ lengths: inout [Int: Int],
    ) throws(GoTypeError) -> Int {
        if let length = lengths[node] { return length }
        guard nodes[node].name.isEmpty else { return fullName(of: node).utf8.count }
        var length = 16
        switch nodes[node].shape {
        case .pointer(let part), .slice(let part), .array(let part, _):
            length += try spellingLength(of: part, &lengths)
        case .map(let key, let value):
            length += try spellingLength(of: key, &lengths)
            length += try spellingLength(of: value, &lengths)
        case .structure(let fields):
            for field in fields {
                length += field.name.utf8.count + field.tag.utf8.count + 8
                length +=
                    try field.type.map { (type) throws(GoTypeError) in
                        try spellingLength(of: type, &lengths)
                    } ?? 0
            }
        case .interface(let text), .unsent(let text): length += text.utf8.count
        case .basic: break
        }
        guard length <= Self.spellingLimit else {
            throw GoTypeError(.tooLarge("the spelling of a type", limit: Self.spellingLimit))
        }
        lengths[node] = length
        return length
    }

    /// The methods that a struct has from a type that it embeds: the only such one at its depth, with
    /// none above it (Go specification, "Struct types").
    private func promotedOpaque(_ node: Int) -> Opaque? {
        var level = [(node, false)]
        var seen: Set<Int> = [node]
        while !level.isEmpty {
            var next: [(Int, Bool)] = []
            var found: [Opaque] = []
            for (outer, isBehindPointer) in level {
                guard case .structure(let fields) = nodes[outer].shape else { continue }
                for field in fields where field.isEmbedded {
                    guard let type = field.type, seen.insert(nodes[type].base).inserted else {
                        continue
                    }
                    let isBehind = isBehindPointer || nodes[type].pointers > 0
                    guard var opaque = base(type).opaque else {
                        next.append((nodes[type].base, isBehind))
                        continue
                    }
                    opaque.isOnPointer = opaque.isOnPointer && !isBehind
                    found.append(opaque)
                }
            }
            if !found.isEmpty { return found.count == 1 ? found[0] : nil }
            level = next
        }
        return nil
    }
}
