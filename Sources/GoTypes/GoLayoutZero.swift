package import Gob

/// Zero values: what a variable has before anything is stored in it.
extension GoLayout {
    /// The zero value of a type, in which every struct has all its fields, and every array all its
    /// elements, so that they are sent as Go sends them.
    ///
    /// What was made before is in `zeros`, and shares its memory.
    package func zero(of node: Int, _ zeros: inout [Int: GobValue]) -> GobValue {
        if let zero = zeros[node] { return zero }
        let zero = makeZero(of: node, &zeros)
        zeros[node] = zero
        return zero
    }

    private func makeZero(of node: Int, _ zeros: inout [Int: GobValue]) -> GobValue {
        if let opaque = nodes[node].opaque {
            // A zero that writes itself is left out, but where only its pointer does (encode.go).
            guard opaque.isOnPointer, nodes[node].pointers == 0 else { return .zero }
            return .opaque(OpaqueWriter(rawValue: opaque.writer)?.zero ?? [])
        }
        switch nodes[node].shape {
        case .basic(let basic): return basic.kind.zero
        case .array(let element, let count):
            let zero = zeroElement(of: element, &zeros)
            return .list([GobValue](repeating: zero, count: count))
        case .structure(let fields):
            var values: [GobValue] = []
            for case (let type?, _?) in fields.map({ ($0.type, $0.number) }) {
                values.append(zero(of: type, &zeros))
            }
            return .structure(values)
        case .interface, .pointer, .slice, .map, .unsent: return .zero
        }
    }

    /// The zero value where nothing is left out: in an array, a slice or a map, and at the top.
    package func zeroElement(of node: Int, _ zeros: inout [Int: GobValue]) -> GobValue {
        guard let opaque = nodes[node].opaque else { return zero(of: node, &zeros) }
        return .opaque(OpaqueWriter(rawValue: opaque.writer)?.zero ?? [])
    }
}

extension Kind {
    /// The zero value of a basic kind.
    fileprivate var zero: GobValue {
        switch self {
        case .bool: .bool(false)
        case .int: .int(0)
        case .uint: .uint(0)
        case .float: .float(0)
        case .complex: .complex(real: 0, imaginary: 0)
        case .string: .string("")
        case .bytes, .interface, .array, .slice, .structure, .map, .opaque: .zero
        }
    }
}
