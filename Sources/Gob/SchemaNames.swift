extension GobSchema {
    /// The type as Go would write it, as far as the wire tells: `complexData`, `map[string]int`.
    ///
    /// Widths and pointers are not known: every signed integer is an `int`. An unnamed struct is
    /// `struct`; what is nested deeper than four levels is `…`.
    public func displayName(of type: TypeIndex) -> String {
        displayName(of: type, depth: 4)
    }

    private func displayName(of type: TypeIndex, depth: Int) -> String {
        let name = self.name(of: type)
        if !name.isEmpty { return name }
        guard depth > 0 else { return "…" }
        switch self[type] {
        case .basic(let kind): return kind.goName
        case .array(let element, let count):
            return "[\(count)]\(displayName(of: element, depth: depth - 1))"
        case .slice(let element): return "[]\(displayName(of: element, depth: depth - 1))"
        case .map(let key, let value):
            let key = displayName(of: key, depth: depth - 1)
            return "map[\(key)]\(displayName(of: value, depth: depth - 1))"
        case .structure: return "struct"
        case .opaque: return "opaque"
        case nil: return "undefined"
        }
    }
}

extension Kind {
    /// Go's name for the widest type of a basic kind.
    var goName: String {
        switch self {
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .float: "float64"
        case .bytes: "[]byte"
        case .string: "string"
        case .complex: "complex128"
        case .interface: "any"
        case .array, .slice, .structure, .map, .opaque: "\(self)"
        }
    }

    /// What the kind is called in a sentence.
    var goWord: String {
        switch self {
        case .structure: "struct"
        case .opaque: "opaque value"
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface, .array, .slice,
            .map:
            "\(self)"
        }
    }
}
