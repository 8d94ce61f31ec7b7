/// A Swift type that stands for a Go type: its values are encoded and decoded in place.
///
/// Conform to ``GobStructure`` for a struct, and to ``GobOpaque`` for a type that writes itself.
/// The library's own conformances are, with the Go types they match:
///
/// | Swift | Go |
/// |---|---|
/// | `Bool` | `bool` |
/// | `Int`, `Int8` … `Int64` | any signed integer whose values fit |
/// | `UInt`, `UInt8` … `UInt64` | any unsigned integer whose values fit |
/// | `Float`, `Double` | `float32`, `float64` |
/// | ``GobComplex`` | `complex64`, `complex128` |
/// | `String` | `string` that is UTF-8 |
/// | ``GobString`` | `string` of any bytes |
/// | `[UInt8]` | `[]byte` |
/// | `[T]` | `[]T` |
/// | `InlineArray<n, T>` | `[n]T` |
/// | `[K: V]`, `[K: V]?` | `map[K]V`; one that may be nil |
/// | `T?`, ``GobPointer`` | `*T`; the latter also inside `T` itself |
/// | `GobAny?` | `any`, and every other interface |
public protocol GobTyped: SendableMetatype {
    /// What Go calls the zero value.
    static var gobZero: Self { get }

    /// Describes the type's memory to the codec, which asks once.
    ///
    /// - Parameter layouts: Where the type, and those of its parts, are put.
    /// - Returns: Where the type was put.
    static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index
}

/// A Swift struct that stands for a Go struct, its fields listed once by key path.
///
///     struct Point: GobStructure {
///         var x = 0
///         var y = 0
///         static let gobFields: [Field] = [Field("X", \.x), Field("Y", \.y)]
///     }
///
/// Fields are sent in this order, and matched by their names when received; names that the sender
/// has not are left alone, and names that only the sender has are passed over.
public protocol GobStructure: GobTyped {
    /// A field of this struct.
    typealias Field = GobStructureField<Self>

    /// The value of which every field is zero, as Go has it.
    init()

    /// The name of the Go type, without its package: the Swift type's own unless given.
    static var gobName: String { get }

    /// The fields, each a stored property.
    static var gobFields: [Field] { get }
}

/// A field of a ``GobStructure``.
public struct GobStructureField<Root: GobStructure>: Sendable {
    let name: String
    let offset: Int
    /// Puts the property's type into layouts; made where the type is known.
    let layout: @Sendable (inout GobLayouts) -> GobLayouts.Index

    /// A field by its Go name and the stored property that holds it.
    ///
    /// - Parameters:
    ///   - name: Begins with a capital letter, as Go sends no other field.
    ///   - property: A stored property of the struct itself, and no property wrapper's name.
    @inlinable
    public init<Value: GobTyped>(_ name: String, _ property: WritableKeyPath<Root, Value>) {
        guard let offset = MemoryLayout<Root>.offset(of: property) else {
            preconditionFailure("\(Root.self): the property for \(name) is not a stored one")
        }
        self.init(name, offset: offset) { $0.index(of: Value.self) }
    }

    @usableFromInline
    init(
        _ name: String,
        offset: Int,
        layout: @escaping @Sendable (inout GobLayouts) -> GobLayouts.Index,
    ) {
        self.name = name
        self.offset = offset
        self.layout = layout
    }
}

extension GobStructure {
    /// The value of which every field is zero.
    @inlinable public static var gobZero: Self { Self() }

    /// The name of the Swift type.
    public static var gobName: String { "\(Self.self)" }

    /// The struct and its fields.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        layouts.structure(Self.self, name: gobName, fields: gobFields)
    }
}

/// A Swift type that writes and reads its own bytes, as Go's `GobEncoder` and
/// `BinaryMarshaler` do.
public protocol GobOpaque: GobTyped {
    /// The name of the Go type, without its package.
    static var gobName: String { get }

    /// Which of Go's interfaces the Go type has; ``OpaqueEncoding/gob`` unless given.
    static var gobEncoding: OpaqueEncoding { get }

    /// The value from the bytes that its Go counterpart wrote.
    ///
    /// - Returns: `nil` where they are none of its own.
    init?(gobBytes: [UInt8])

    /// What its Go counterpart would write.
    var gobBytes: [UInt8] { get }
}

extension GobOpaque {
    /// By `GobEncoder`.
    public static var gobEncoding: OpaqueEncoding { .gob }

    /// The type, whose bytes are its own business.
    @inlinable
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        let access = GobAccess.opaque(Self.self)
        return layouts.opaque(Self.self, name: gobName, encoding: gobEncoding, access: access)
    }
}
