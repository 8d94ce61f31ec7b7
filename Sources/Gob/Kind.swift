/// What a gob type is: the one list of the kinds that travel.
///
/// gob has fewer kinds than Go: every signed width is `int`, every unsigned one `uint`, both floats
/// `float`, both complex widths `complex`, and a pointer is what it points to (doc.go, "Basics").
public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    /// A truth value.
    case bool
    /// A signed integer of up to 64 bits.
    case int
    /// An unsigned integer of up to 64 bits.
    case uint
    /// A 64-bit IEEE 754 number.
    case float
    /// A slice of bytes, sent as one piece.
    case bytes
    /// A Go string: bytes that are usually, but need not be, UTF-8.
    case string
    /// Two floats, real and imaginary.
    case complex
    /// A value that brings the name and the type of its concrete value.
    case interface
    /// A fixed number of elements of one type.
    case array
    /// Any number of elements of one type.
    case slice
    /// Named fields.
    case structure
    /// Keys and values.
    case map
    /// Bytes that the type's own Go methods wrote (GobEncoder and its kin).
    case opaque

    /// The id under which every gob stream knows a basic kind, without a definition (type.go).
    var builtInID: TypeID? {
        switch self {
        case .bool: TypeID(1)
        case .int: TypeID(2)
        case .uint: TypeID(3)
        case .float: TypeID(4)
        case .bytes: TypeID(5)
        case .string: TypeID(6)
        case .complex: TypeID(7)
        case .interface: TypeID(8)
        case .array, .slice, .structure, .map, .opaque: nil
        }
    }

    /// The kinds that need no definition, in the order of their ids.
    static let builtIn = allCases.filter { $0.builtInID != nil }

    /// Whether a value of this kind has no values inside, so that reading it takes no stack.
    var isScalar: Bool {
        switch self {
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque: true
        case .interface, .array, .slice, .structure, .map: false
        }
    }
}
