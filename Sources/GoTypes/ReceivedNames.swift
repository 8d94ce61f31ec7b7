import Gob

/// Which of the types that were received are declared by name, and where one is inside itself.
///
/// Names come from a peer, and so does the shape of the types: what has a name that Go takes keeps
/// it; what has none is written where it is used, as long as that stays short, and gets a name else.
struct ReceivedNames {
    let schema: GobSchema
    /// The types that the roots need, in the order in which they are met.
    private(set) var order: [TypeIndex] = []
    private(set) var names: [TypeIndex: String] = [:]
    /// The parts that need a pointer, because the type is inside them by value.
    private var inside: Set<[TypeIndex]> = []
    private var taken = UniqueNames()

    /// How much an unnamed type may have inside, in types, before it gets a name.
    private static let sizeLimit = 12

    init(schema: GobSchema, roots: [TypeIndex]) {
        self.schema = schema
        var seen = Set(roots)
        var pending = Array(roots.reversed())
        while let type = pending.popLast() {
            order.append(type)
            for part in schema.goParts(of: type).reversed() where seen.insert(part).inserted {
                pending.append(part)
            }
        }
    }

    /// Whether a part must be a pointer.
    func isInside(_ part: TypeIndex, _ type: TypeIndex) -> Bool {
        inside.contains([type, part])
    }

    mutating func choose() {
        for type in order { nameAsSent(type) }
        findRecursion()
        nameWhatIsLarge()
    }

    /// Keeps the name that was sent, where it is one.
    private mutating func nameAsSent(_ type: TypeIndex) {
        let name = schema.name(of: type)
        switch schema.kind(of: type) {
        case .structure, .slice, .array, .map:
            guard name.isGoIdentifier, name.utf8.count <= 256 else { return }
            names[type] = free(name)
        case .opaque:
            guard schema.libraryType(of: type) == nil else { return }
            names[type] = free(name.isGoIdentifier && name.utf8.count <= 256 ? name : "Opaque")
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface, nil: break
        }
    }

    /// A name that is not taken, with a number after it where it must be.
    private mutating func free(_ name: String) -> String {
        taken.unique(name.isFreeGoName ? name : name + "_")
    }

    /// Finds where a struct or an array is inside itself, which in Go only a pointer allows.
    private mutating func findRecursion() {
        enum Visit {
            case enter(TypeIndex)
            case leave(TypeIndex)
        }
        var open: Set<TypeIndex> = []
        var seen: Set<TypeIndex> = []
        var pending = order.reversed().map { Visit.enter($0) }
        while let visit = pending.popLast() {
            switch visit {
            case .leave(let type): open.remove(type)
            case .enter(let type):
                guard seen.insert(type).inserted else { continue }
                open.insert(type)
                pending.append(.leave(type))
                for part in schema.partsByValue(of: type).reversed() {
                    if open.contains(part) { inside.insert([type, part]) }
                    pending.append(.enter(part))
                }
            }
        }
    }

    /// Gives names to types that are inside themselves, or too large to be written where they are
    /// used: the parts before the whole.
    private mutating func nameWhatIsLarge() {
        enum Visit {
            case enter(TypeIndex)
            case leave(TypeIndex)
        }
        var sizes: [TypeIndex: Int] = [:]
        var open: Set<TypeIndex> = []
        var pending = order.reversed().map { Visit.enter($0) }
        while let visit = pending.popLast() {
            switch visit {
            case .enter(let type):
                guard sizes[type] == nil else { continue }
                guard open.insert(type).inserted else {
                    nameNew(type)
                    continue
                }
                pending.append(.leave(type))
                let unnamed = schema.goParts(of: type).filter { names[$0] == nil }
                pending += unnamed.reversed().map { .enter($0) }
            case .leave(let type):
                open.remove(type)
                let parts = schema.goParts(of: type)
                let size = parts.reduce(1) { $0 + (names[$1] == nil ? sizes[$1] ?? 1 : 1) }
                sizes[type] = min(size, Self.sizeLimit + 1)
                if size > Self.sizeLimit { nameNew(type) }
            }
        }
    }

    /// A name for a type that goes by another one, or none.
    mutating func newName(_ name: String) -> String { free(name) }

    private mutating func nameNew(_ type: TypeIndex) {
        guard names[type] == nil else { return }
        switch schema.kind(of: type) {
        case .structure: names[type] = free("Struct")
        case .array: names[type] = free("Array")
        case .slice: names[type] = free("Slice")
        case .map: names[type] = free("Map")
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface, .opaque, nil: break
        }
    }
}

/// What of Go's syntax is needed to choose names.
enum GoSyntax {
    /// Words that cannot be names (Go specification, "Keywords").
    static let keywords: Set<String> = [
        "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough",
        "for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range",
        "return", "select", "struct", "switch", "type", "var",
    ]

    /// Names that mean something else where received types are declared: in any file (Go
    /// specification, "Blank identifier", "Package initialization", "Program execution"), in the
    /// methods of opaque types, and as packages.
    static let otherwiseMeant: Set<String> = [
        "_", "init", "main", "nil", "time", "big", "url", "netip", "decimal", "uuid",
    ]
}

extension String {
    /// Whether an identifier can be given to a type or a package of received types.
    package var isFreeGoName: Bool {
        isGoIdentifier && GoLibrary.universe[self] == nil && !GoSyntax.keywords.contains(self)
            && !GoSyntax.otherwiseMeant.contains(self)
    }
}

extension GobSchema {
    /// The type of a Go library that one is which writes itself, as far as its name tells.
    func libraryType(of type: TypeIndex) -> OpaqueWriter? {
        guard case .opaque(let encoding) = self[type] else { return nil }
        return OpaqueWriter(name: name(of: type), encoding: encoding)
    }

    /// The types that a type refers to, in the order of its parts.
    func goParts(of type: TypeIndex) -> [TypeIndex] {
        switch self[type] {
        case .array(let element, _), .slice(let element): [element]
        case .structure(let fields): fields.map(\.type)
        case .map(let key, let value): [key, value]
        case .basic, .opaque, nil: []
        }
    }

    /// The types of which a value has values without a reference between.
    fileprivate func partsByValue(of type: TypeIndex) -> [TypeIndex] {
        switch self[type] {
        case .array(let element, _): [element]
        case .structure(let fields): fields.map(\.type)
        case .basic, .slice, .map, .opaque, nil: []
        }
    }
}
