import Gob

/// What cannot be known of types that were received, and where Go has those that it knows by name.
struct ReceivedUnknowns {
    private let kinds: Set<Kind>
    /// Those of them whose widths are not known everywhere.
    private let untoldKinds: Set<Kind>
    /// How lists and maps of fields were spelt.
    private let spellings: ReceivedSpellings
    private let library: [OpaqueWriter]
    private let hasParts: Bool

    /// What cannot be known of these types of a schema, which the roots among them need.
    init(
        _ types: [TypeIndex],
        roots: [TypeIndex],
        in schema: GobSchema,
        _ spellings: ReceivedSpellings,
    ) {
        kinds = Set(types.compactMap { schema.kind(of: $0) })
        untoldKinds = types.reduce(into: Set(roots.compactMap { schema.kind(of: $0) })) {
            $0.formUnion(spellings.untoldKinds(in: $1))
        }
        self.spellings = spellings
        let library = Set(types.compactMap { schema.libraryType(of: $0) })
        self.library = OpaqueWriter.allCases.filter { library.contains($0) }
        hasParts = kinds.contains { $0.hasParts }
    }

    /// The packages that declarations need, which Go does not allow to be imported without a use.
    func imports(for declarations: String) -> [String] {
        Set(library.filter { declarations.contains($0.rawValue) }.map(\.importPath)).sorted()
    }

    /// What cannot be known, a sentence each.
    var sentences: [String] {
        var sentences: [String] = []
        let widths = [
            (Kind.int, "an int64 may be any int"), (.uint, "a uint64 any uint"),
            (.float, "a float64 a float32"), (.complex, "a complex128 a complex64"),
        ].filter { untoldKinds.contains($0.0) }.map(\.1)
        if !widths.isEmpty {
            let told = spellings.haveWidths ? ", but of some lists and maps" : ""
            sentences.append("widths\(told): \(widths.joined(separator: ", "))")
        }
        if hasParts {
            let told = spellings.isEmpty ? "" : ", and in some lists and maps"
            sentences.append("pointers, but where a type is inside itself\(told)")
            sentences.append("names of types that are no struct, as type Celsius float64")
        }
        if kinds.contains(.interface) {
            sentences.append("methods: an any may be an interface that has some")
        }
        for type in library {
            let name = type.rawValue
            sentences.append("packages: \(name) may be another \(name.withoutGoPackage)")
        }
        return sentences
    }
}

extension Kind {
    /// Whether values of the kind have others inside.
    fileprivate var hasParts: Bool {
        switch self {
        case .array, .slice, .structure, .map: true
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface, .opaque: false
        }
    }
}
