/// A type as gob defines it: a kind and what belongs to it, its name apart.
public enum GobType: Sendable, Hashable {
    /// A basic kind: `bool`, `int`, `uint`, `float`, `bytes`, `string`, `complex` or `interface`.
    case basic(Kind)
    /// `[count]element`.
    case array(element: TypeIndex, count: Int)
    /// `[]element`; a slice of bytes is `.basic(.bytes)` instead.
    case slice(element: TypeIndex)
    /// `struct { … }`, its fields in the order of their numbers.
    case structure([GobField])
    /// `map[key]value`.
    case map(key: TypeIndex, value: TypeIndex)
    /// A type whose values are bytes written by its own Go methods.
    case opaque(OpaqueEncoding)

    /// The kind of a value of this type.
    public var kind: Kind {
        switch self {
        case .basic(let kind): kind
        case .array: .array
        case .slice: .slice
        case .structure: .structure
        case .map: .map
        case .opaque: .opaque
        }
    }
}

/// A field of a struct: exported, and neither a channel nor a function, as Go sends no others.
public struct GobField: Sendable, Hashable {
    /// Its name, by which sender and receiver match it; an embedded struct's is that of its type.
    public let name: String
    /// Its type in the schema that the field belongs to.
    public let type: TypeIndex

    /// A field of this name and type.
    public init(_ name: String, _ type: TypeIndex) {
        self.name = name
        self.type = type
    }
}

/// By which of Go's interfaces an opaque type writes itself; sender and receiver must agree.
public enum OpaqueEncoding: UInt8, Sendable, Hashable, CaseIterable {
    /// `gob.GobEncoder`, as `time.Time` and `big.Int` have it.
    case gob
    /// `encoding.BinaryMarshaler`, as `url.URL` has it.
    case binary
    /// `encoding.TextMarshaler`; Go reads it but does not send it (golang/go#6760).
    case text
}

/// Where a type stands in its ``GobSchema``.
public struct TypeIndex: Sendable, Hashable, BitwiseCopyable {
    let position: Int32

    init(position: Int) {
        self.position = Int32(position)
    }

    /// The basic kind's own type, which stands at the same place in every schema.
    ///
    /// - Parameter kind: One of the kinds that need no definition.
    public init(_ kind: Kind) {
        guard let position = Kind.builtIn.firstIndex(of: kind) else {
            preconditionFailure("\(kind) is no basic kind")
        }
        self.init(position: position)
    }
}
