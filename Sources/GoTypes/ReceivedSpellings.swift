import Gob

/// How the sender's Go spelt lists and maps, where the wire has that.
///
/// Where a field is a list or a map whose type has no name, Go sends the spelling of the type as its name
/// (type.go, `newTypeObject`): `map[string]float32` has a width that the wire has nowhere else.
struct ReceivedSpellings {
    private let schema: GobSchema
    private var spellings: [TypeIndex: GoType] = [:]

    /// How long a spelling may be that is read, in bytes.
    private static let sizeLimit = 1_024

    /// The spellings of some types of a schema, but for those that are not like what was sent.
    init(_ types: [TypeIndex], in schema: GobSchema) {
        self.schema = schema
        for type in types { spellings[type] = spelling(type) }
    }

    /// How a list or a map was spelt; `nil` where that is not known.
    subscript(type: TypeIndex) -> GoType? { spellings[type] }

    /// Whether no spelling is known.
    var isEmpty: Bool { spellings.isEmpty }

    /// Whether one of them has the width of a number.
    var haveWidths: Bool { spellings.values.contains { $0.hasWidth } }

    /// The kinds of basic types that are part of a type, and whose widths no spelling tells.
    func untoldKinds(in type: TypeIndex) -> Set<Kind> {
        guard let spelling = spellings[type] else {
            return Set(schema.goParts(of: type).compactMap { basicKind($0) })
        }
        var kinds: Set<Kind> = []
        var pending = [(type, spelling)]
        while let (type, spelling) = pending.popLast() {
            switch (schema[type], spelling) {
            case (.basic(let kind), .named): kinds.insert(kind)
            case (_, .pointer(let part)): pending.append((type, part))
            case (let wire, _): pending += Self.parts(wire, spelling) ?? []
            }
        }
        return kinds
    }

    private func basicKind(_ type: TypeIndex) -> Kind? {
        if case .basic(let kind)? = schema[type] { kind } else { nil }
    }

    private func spelling(_ type: TypeIndex) -> GoType? {
        switch schema.kind(of: type) {
        case .slice, .array, .map: break
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .interface, .structure,
            .opaque, nil:
            return nil
        }
        let name = schema.name(of: type)
        guard name.utf8.count <= Self.sizeLimit, !name.isGoIdentifier,
            var parser = try? GoParser(name), let spelling = try? parser.wholeType(),
            Self.parts(schema[type], spelling) != nil, isLike(type, spelling)
        else { return nil }
        return spelling
    }

    /// Whether a type was sent as it would be of this spelling.
    private func isLike(_ type: TypeIndex, _ spelling: GoType) -> Bool {
        switch (schema[type], spelling) {
        case (.basic(.bytes), .slice(.basic(.uint8))), (.basic(.interface), .interface),
            (.structure, .structure), (_?, .named):
            true
        case (.basic(let kind), .basic(let basic)): basic.kind == kind
        case (_, .pointer(let part)): isLike(type, part)
        case (let wire, _):
            Self.parts(wire, spelling)?.allSatisfy { isLike($0.0, $0.1) } ?? false
        }
    }

    /// The parts of a list or a map, each with its spelling; `nil` where it is none, or another one.
    static func parts(_ wire: GobType?, _ spelling: GoType) -> [(TypeIndex, GoType)]? {
        switch (wire, spelling) {
        case (.slice(let element), .slice(let part)): [(element, part)]
        case (.array(let element, let count), .array(let spelt, let part)) where count == spelt:
            [(element, part)]
        case (.map(let key, let value), .map(let keyPart, let valuePart)):
            [(key, keyPart), (value, valuePart)]
        default: nil
        }
    }
}

extension GoType {
    /// Whether a list or a map has a number inside that is written with its width.
    fileprivate var hasWidth: Bool {
        switch self {
        case .basic(let basic): basic != .bool && basic != .string
        case .pointer(let part), .slice(let part), .array(_, let part): part.hasWidth
        case .map(let key, let value): key.hasWidth || value.hasWidth
        case .interface, .structure, .named, .unsent: false
        }
    }
}
