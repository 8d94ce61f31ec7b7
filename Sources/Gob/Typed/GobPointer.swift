/// A pointer of Go that may be nil, for a struct that leads back to itself.
///
///     struct Node: GobStructure {
///         var value = 0
///         var next = GobPointer<Node>()
///         static let gobFields: [Field] = [Field("Value", \.value), Field("Next", \.next)]
///     }
///
/// What it points to is kept elsewhere, but belongs to it: a copy is a copy of the whole. Where
/// nothing leads back, an optional does the same in place. Freeing a chain takes some 150 bytes of
/// the thread's stack for each link.
public struct GobPointer<Pointee> {
    /// The pointee, or nothing.
    @usableFromInline var storage: [Pointee]

    /// A pointer to a value, or none.
    @inlinable
    public init(_ pointee: Pointee? = nil) {
        if let pointee { storage = [pointee] } else { storage = [] }
    }

    /// What it points to; `nil` where it is nil.
    public var pointee: Pointee? {
        get { storage.first }
        set { self = GobPointer(newValue) }
    }

    /// Whether it points to nothing.
    public var isNil: Bool { storage.isEmpty }
}

extension GobPointer: Sendable where Pointee: Sendable {}
extension GobPointer: Equatable where Pointee: Equatable {}
extension GobPointer: Hashable where Pointee: Hashable {}

extension GobPointer: GobTyped where Pointee: GobTyped {
    /// Nil.
    @inlinable public static var gobZero: GobPointer { GobPointer() }

    /// A pointer.
    @inlinable
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        layouts.pointer(Self.self, to: Pointee.self, access: .pointer(to: Pointee.self))
    }
}

extension GobPointer: Decodable where Pointee: Decodable {
    /// What it points to, or `nil`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Not by way of an optional, whose type would be made at run time.
        storage = container.decodeNil() ? [] : [try container.decode(Pointee.self)]
    }
}

extension GobPointer: Encodable where Pointee: Encodable {
    /// What it points to, or `nil`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        guard !storage.isEmpty else { return try container.encodeNil() }
        try container.encode(storage[0])
    }
}
