import Gob

/// Values of a schema as they are shown where they differ from others.
struct ValueWords {
    let schema: GobSchema

    /// How much of a string is shown, in bytes.
    private static let byteLimit = 200

    /// Whether a value has none inside, and is no list, map, struct or interface that is not there.
    func isScalar(_ part: StructPath.Found) -> Bool {
        switch part.value {
        case .list, .structure, .map, .interface: false
        case .bool, .int, .uint, .float, .complex, .string, .invalidString, .bytes, .opaque: true
        case .zero:
            switch schema.kind(of: part.type) {
            case .bool, .int, .uint, .float, .complex, .string: true
            case .bytes, .interface, .array, .slice, .structure, .map, .opaque, nil: false
            }
        }
    }

    /// A value in a few words: in one row with what is inside it, where that is short.
    func short(_ part: StructPath.Found, _ width: Int) -> String {
        if part.value == .zero, !isScalar(part) { return Difference.absent }
        let literal = InlineLiteral(schema: schema, byteLimit: Self.byteLimit)
        return literal.text(part.value, part.type, width: width)
            ?? "\(schema.shownName(of: part.type)){…}"
    }

    /// All of a value that has none inside.
    func whole(_ part: StructPath.Found) -> String {
        InlineLiteral(schema: schema, byteLimit: .max).scalar(part.value, part.type)
    }

    /// A key of a map.
    func key(_ value: GobValue, _ type: TypeIndex) -> String {
        let literal = InlineLiteral(schema: schema, byteLimit: Self.byteLimit)
        return literal.text(value, type, width: 4 * Self.byteLimit) ?? "…"
    }
}
