import Gob

/// The gob types that Go makes of Go types, with Go's names (type.go, `newTypeObject`).
extension GoLayout {
    /// Makes the gob types for a type at the top and all that it needs, where they are not made yet.
    mutating func addWireTypes(from root: Int) {
        var names = WireNames(layout: self)
        names.visit(root, name: nodes[nodes[root].base].name)
        names.findNameless(from: root)
        for node in names.order { wireTypes[node] = schema.reserve() }
        for (node, kind) in names.basic { wireTypes[node] = TypeIndex(kind) }
        for node in names.order {
            schema.define(wireType(of: node), as: gobType(of: node), name: names.names[node] ?? "")
        }
    }

    private func gobType(of node: Int) -> GobType {
        if let opaque = nodes[node].opaque { return .opaque(opaque.encoding) }
        switch nodes[node].shape {
        case .slice(let element): return .slice(element: wireType(of: element))
        case .array(let element, let count):
            return .array(element: wireType(of: element), count: count)
        case .map(let key, let value):
            return .map(key: wireType(of: key), value: wireType(of: value))
        case .structure(let fields):
            return .structure(
                fields.compactMap { field in
                    guard field.number != nil, let type = field.type else { return nil }
                    return GobField(field.name, wireType(of: type))
                }
            )
        case .basic, .interface, .pointer, .unsent: preconditionFailure("a basic type")
        }
    }
}

/// Gives names to gob types in the order in which Go does, which decides what is nameless.
private struct WireNames {
    let layout: GoLayout
    /// The types that need a definition, in the order in which Go finds them.
    private(set) var order: [Int] = []
    private(set) var names: [Int: String] = [:]
    private(set) var basic: [Int: Kind] = [:]

    init(layout: GoLayout) {
        self.layout = layout
    }

    /// A struct's field gives a type its name or its whole spelling, a slice the name that its
    /// element has, an array or a map none.
    mutating func visit(_ type: Int, name: String) {
        let node = layout.nodes[type].base
        guard layout.wireTypes[node] == nil, names[node] == nil, basic[node] == nil else { return }
        if let kind = basicKind(node) {
            basic[node] = kind
            return
        }
        names[node] = name
        order.append(node)
        guard layout.nodes[node].opaque == nil else { return }
        switch layout.nodes[node].shape {
        case .slice(let element): visit(element, name: layout.nodes[element].name)
        case .array(let element, _): visit(element, name: "")
        case .map(let key, let value):
            visit(key, name: "")
            visit(value, name: "")
        case .structure(let fields):
            for case (let type?, _?) in fields.map({ ($0.type, $0.number) }) {
                let base = layout.nodes[type].base
                let name = layout.nodes[base].name
                visit(type, name: name.isEmpty ? layout.spelling(of: base) : name)
            }
        case .basic, .interface, .pointer, .unsent: break
        }
    }

    /// Takes the names from opaque types that Go meets through a pointer first when it sends, or at
    /// the top where only a pointer writes itself (encoder.go, `sendActualType`).
    mutating func findNameless(from root: Int) {
        var seen: Set<Int> = []
        var pending = [root]
        if let opaque = layout.base(root).opaque, opaque.isOnPointer {
            names[layout.nodes[root].base] = ""
        }
        while let type = pending.popLast() {
            let node = layout.nodes[type].base
            guard names[node] != nil, seen.insert(node).inserted else { continue }
            if layout.nodes[node].opaque != nil {
                if layout.nodes[type].pointers > 0 { names[node] = "" }
                continue
            }
            switch layout.nodes[node].shape {
            case .slice(let element), .array(let element, _): pending.append(element)
            case .map(let key, let value): pending += [value, key]
            case .structure(let fields):
                pending += fields.reversed().compactMap { $0.number == nil ? nil : $0.type }
            case .basic, .interface, .pointer, .unsent: break
            }
        }
    }

    private func basicKind(_ node: Int) -> Kind? {
        guard layout.nodes[node].opaque == nil else { return nil }
        if layout.isBytes(node) { return .bytes }
        switch layout.nodes[node].shape {
        case .basic(let basic): return basic.kind
        case .interface: return .interface
        case .pointer, .slice, .array, .map, .structure, .unsent: return nil
        }
    }
}
