/// A value of any gob type, as it is on the wire; its types are in a ``GobSchema`` beside it.
///
/// A pointer is what it points to. Small on purpose: 17 bytes, and no more than a reference where
/// the value is large.
public enum GobValue: Sendable, Hashable {
    /// What the sender left out: the zero value of whatever the type is.
    ///
    /// In a field it is what Go omits: zero, an empty string or slice, a nil pointer, map or
    /// interface. Elsewhere it is a nil interface.
    case zero
    /// A value of ``Kind/bool``.
    case bool(Bool)
    /// A value of ``Kind/int``.
    case int(Int64)
    /// A value of ``Kind/uint``.
    case uint(UInt64)
    /// A value of ``Kind/float``.
    case float(Double)
    /// A value of ``Kind/complex``.
    case complex(real: Double, imaginary: Double)
    /// A Go string that is UTF-8.
    case string(String)
    /// A Go string that is not UTF-8: its bytes.
    case invalidString([UInt8])
    /// A value of ``Kind/bytes``.
    case bytes([UInt8])
    /// A value of ``Kind/opaque``: what the type's own Go method wrote.
    case opaque([UInt8])
    /// The elements of an array or a slice.
    case list([GobValue])
    /// The fields of a struct by their number; omitted ones are ``zero``, and the last may be absent.
    case structure([GobValue])
    /// Keys and values in the order of the wire, alternating: key, value, key, value.
    case map([GobValue])
    /// A value in an interface that is not nil.
    indirect case interface(GobInterface)
}

/// What is in an interface: a value, and the name under which the sender registered its type.
public struct GobInterface: Sendable, Hashable {
    /// Such as `int`, `main.Point` or `*main.list`.
    public let name: String
    /// The value's type, in the schema of the whole.
    public let type: TypeIndex
    /// The value.
    public let value: GobValue

    /// A value of a type, registered under a name.
    public init(name: String, type: TypeIndex, value: GobValue) {
        self.name = name
        self.type = type
        self.value = value
    }
}

extension GobValue {
    /// A Go string from any bytes.
    public init(string bytes: [UInt8]) {
        self = unsafe bytes.withUnsafeBytes { unsafe GobValue(string: $0) }
    }

    /// A Go string from a part of a message.
    init(string bytes: UnsafeRawBufferPointer) {
        let text = unsafe String(utf8: bytes)
        self = unsafe text.map { .string($0) } ?? .invalidString(Array(bytes))
    }

    /// What the value is, in a word or two, for messages.
    var caseName: String {
        switch self {
        case .zero: "zero value"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .float: "float"
        case .complex: "complex"
        case .string, .invalidString: "string"
        case .bytes: "bytes"
        case .opaque: "opaque value"
        case .list: "list"
        case .structure: "struct"
        case .map: "map"
        case .interface: "interface value"
        }
    }
}

/// A value with its types: what one `Encode` of Go sends, and what a decoder gives.
public struct GobDatum: Sendable, Hashable {
    /// The types; those of a whole stream so far, where the value was received.
    public let schema: GobSchema
    /// The type of the value.
    public let type: TypeIndex
    /// The value.
    public let value: GobValue

    /// A value of a type of this schema.
    public init(schema: GobSchema, type: TypeIndex, value: GobValue) {
        self.schema = schema
        self.type = type
        self.value = value
    }
}
