/// A Go type as it is written: with widths, pointers and names, which the wire does not show.
///
/// A name stands for what a ``GoTypeSet`` declares, so that recursive types need nothing special.
public indirect enum GoType: Sendable, Hashable {
    /// A predeclared type that has no parts.
    case basic(Basic)
    /// `interface { … }` with what stands between the braces; empty for `any`.
    case interface(methods: String)
    /// `*T`.
    case pointer(GoType)
    /// `[]T`.
    case slice(GoType)
    /// `[N]T`.
    case array(count: Int, GoType)
    /// `map[K]V`.
    case map(key: GoType, value: GoType)
    /// `struct { … }`.
    case structure([GoField])
    /// A declared type, with its package where one is written: `Point`, `time.Time`.
    case named(String)
    /// A channel or a function as it is written, which gob leaves out of a struct.
    case unsent(String)

    /// The predeclared types that have no parts; `byte` and `rune` are other names of two of them.
    public enum Basic: String, Sendable, Hashable, CaseIterable {
        /// A truth value.
        case bool
        /// A text.
        case string
        /// A signed integer of 64 bits.
        case int
        /// A signed integer of 8 bits.
        case int8
        /// A signed integer of 16 bits.
        case int16
        /// A signed integer of 32 bits; also `rune`.
        case int32
        /// A signed integer of 64 bits.
        case int64
        /// An unsigned integer of 64 bits.
        case uint
        /// An unsigned integer of 8 bits; also `byte`.
        case uint8
        /// An unsigned integer of 16 bits.
        case uint16
        /// An unsigned integer of 32 bits.
        case uint32
        /// An unsigned integer of 64 bits.
        case uint64
        /// An unsigned integer of 64 bits.
        case uintptr
        /// A float of 32 bits.
        case float32
        /// A float of 64 bits.
        case float64
        /// Two floats of 32 bits.
        case complex64
        /// Two floats of 64 bits.
        case complex128
    }
}

/// A field of a struct as it is declared.
public struct GoField: Sendable, Hashable {
    /// Its name; that of its type, without package, where the field is embedded.
    public let name: String
    /// Its type.
    public let type: GoType
    /// Whether it was declared by its type alone.
    public let isEmbedded: Bool
    /// The text of its tag, unquoted; empty where it has none.
    public let tag: String

    /// A field with its parts.
    public init(_ name: String, _ type: GoType, isEmbedded: Bool = false, tag: String = "") {
        self.name = name
        self.type = type
        self.isEmbedded = isEmbedded
        self.tag = tag
    }
}

extension String {
    /// Whether a Go name is visible outside its package: it begins with a capital letter.
    package var isExportedInGo: Bool {
        unicodeScalars.first?.properties.generalCategory == .uppercaseLetter
    }

    /// What follows the package in a qualified name.
    package var withoutGoPackage: String {
        lastIndex(of: ".").map { String(self[index(after: $0)...]) } ?? self
    }
}
