/// A type definition as it travels: what Go calls a `wireType` (type.go; doc.go, "Types").
///
/// Types are referred to by the ids of the stream. `CommonType.Id` inside a definition is not kept:
/// Go lets it differ from the id that is being defined, and goes by the latter.
struct WireType: Sendable, Equatable {
    var name: String
    var shape: Shape

    enum Shape: Sendable, Equatable {
        case array(element: TypeID, count: Int)
        case slice(element: TypeID)
        case structure([Field])
        case map(key: TypeID, value: TypeID)
        case opaque(OpaqueEncoding)
    }

    struct Field: Sendable, Equatable {
        var name: String
        var type: TypeID
    }
}
