/// Hears what the walk through a stream is about to read, each part before it is read.
///
/// A part ends where the next one begins, so that every byte is of one part, and what was expected
/// where a stream breaks is the part that was heard last. The walk is generic over its observer: for
/// ``Unobserved`` the compiler leaves nothing of it.
protocol WalkObserver {
    /// Whether it listens; where it does, the walk takes no short way.
    static var isListening: Bool { get }

    /// The walk comes to a part.
    ///
    /// - Parameters:
    ///   - part: What is to be read next.
    ///   - offset: Where in the stream it begins.
    ///   - depth: How many values are open around it.
    func next(_ part: @autoclosure () -> WalkPart, at offset: Int, depth: Int)
}

/// Nobody listens: how values are decoded.
struct Unobserved: WalkObserver {
    static var isListening: Bool { false }

    @inline(__always)
    func next(_ part: @autoclosure () -> WalkPart, at offset: Int, depth: Int) {}
}

/// A part of a stream, as the walk comes to it.
enum WalkPart: Sendable, Equatable {
    /// How long a message is.
    case messageLength
    /// What a message is of, or what is in an interface: a type's id, negative for its definition.
    case typeID
    /// The zero that stands before a value that is no struct.
    case zero
    /// A scalar, the count of a container, the name in an interface; of a struct nothing.
    case value(TypeIndex, GobInspection.Place)
    /// How far the next field is from this one, or the end of the struct.
    case field(after: Int)
    /// How long the value in an interface is.
    case interfaceLength
    /// How long the rest of a message is, after a definition inside it.
    case restLength
    /// Bytes after a value, which nobody reads.
    case surplus
    /// A part of a type's definition.
    case definition(DefinitionPart)
}

/// A part of a type's definition, which is itself a struct that has others inside.
enum DefinitionPart: Sendable, Equatable {
    /// How far the next field is from this one, or the end of the struct.
    case field(of: WireStruct, after: Int)
    /// The name of a type or of a field.
    case name
    /// The id of a type.
    case id
    /// How many elements an array has.
    case arrayLength
    /// How many fields a struct has.
    case fieldCount
    /// Its end.
    case end
}

/// The structs that a definition is made of (Go's type.go; doc.go, "Types").
enum WireStruct: Sendable {
    case wireType
    case arrayType
    case sliceType
    case structType
    case mapType
    case opaqueType
    case commonType
    case fieldType

    /// What Go calls it.
    var name: String {
        switch self {
        case .opaqueType: "gobEncoderType"
        case .commonType: "CommonType"
        case .wireType, .arrayType, .sliceType, .structType, .mapType, .fieldType: "\(self)"
        }
    }

    /// What Go calls its fields.
    var fieldNames: [String] {
        switch self {
        case .wireType:
            [
                "ArrayT", "SliceT", "StructT", "MapT", "GobEncoderT", "BinaryMarshalerT",
                "TextMarshalerT",
            ]
        case .arrayType: ["CommonType", "Elem", "Len"]
        case .sliceType: ["CommonType", "Elem"]
        case .structType: ["CommonType", "Field"]
        case .mapType: ["CommonType", "Key", "Elem"]
        case .opaqueType: ["CommonType"]
        case .commonType, .fieldType: ["Name", "Id"]
        }
    }

    /// How many fields it has.
    var fieldCount: Int {
        switch self {
        case .wireType: 7
        case .arrayType, .mapType: 3
        case .sliceType, .structType, .commonType, .fieldType: 2
        case .opaqueType: 1
        }
    }

    /// How many structs of the definition are around its fields.
    var level: Int {
        switch self {
        case .wireType: 1
        case .arrayType, .sliceType, .structType, .mapType, .opaqueType: 2
        case .commonType, .fieldType: 3
        }
    }
}
