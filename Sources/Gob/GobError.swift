/// Why bytes are no gob, or a value cannot be sent, and where.
public struct GobError: Error, Equatable, Sendable {
    /// What is wrong.
    public let fault: Fault
    /// Where in the stream, in bytes from its beginning; `nil` when nothing was being read.
    public let offset: Int?
    /// Where in the value (`C.M["x"]`); empty at the top, and in a definition.
    public let path: String

    /// A fault at a place.
    public init(_ fault: Fault, offset: Int? = nil, path: String = "") {
        self.fault = fault
        self.offset = offset
        self.path = path
    }

    /// The faults, each with what is needed to find it.
    public enum Fault: Error, Equatable, Sendable {
        /// The stream ends inside a message, or before the value that its definitions promise.
        case truncated
        /// Something needs more bytes than are left of its message.
        case pastEndOfMessage
        /// A message goes on where a definition should have ended it.
        case extraData(count: Int)
        /// The first byte of an unsigned integer announces more than eight bytes.
        case integerTooLong(byteCount: Int)
        /// A number of fields to skip that leads past the last field, or is absurd.
        case fieldOutOfRange(field: Int, count: Int)
        /// A value that is no struct is not preceded by a zero.
        case singletonDelta(UInt64)
        /// The stream uses a type that it has not defined.
        case undefinedType(id: Int64)
        /// The stream defines a type twice, or one of Go's own.
        case duplicateType(id: Int64)
        /// A definition is no type: it defines nothing, or a part of it is missing or absurd.
        case malformedDefinition(String)
        /// An array whose count is not the one of its type.
        case arrayLength(found: UInt64, expected: Int)
        /// A limit of ``GobLimits`` is exceeded.
        case limitExceeded(Limit, Int)
        /// A value has not the kind of its type, so that it cannot be sent.
        case wrongKind(found: String, expected: Kind)
        /// A struct that has not as many values as its type has fields.
        case fieldCount(found: Int, expected: Int)
        /// A map with a key that has no value.
        case unpairedMap
        /// A name of an interface's concrete type that cannot be sent: empty, or too long.
        case interfaceName(String)
        /// Go cannot send this as a value of its own: nothing.
        case nothingToSend
        /// A nil pointer where a value must be: in a slice, an array or a map.
        case nilElement
        /// The receiver has another type: of another kind, or written by another method.
        case incompatible(found: String, expected: String)
        /// Two structs that have no field in common.
        case noCommonField(found: String, expected: String)
        /// A number that the receiver's type has no room for.
        case outOfRange(String, type: String)
        /// A string that is not UTF-8, where a Swift string must hold it.
        case notUTF8
        /// Bytes that the type which writes itself does not understand.
        case malformedOpaque(type: String)
    }

    /// The limits, by name.
    public enum Limit: String, Sendable {
        case messageSize = "message size"
        case depth = "nesting depth"
        case elementCount = "number of elements"
        case typeCount = "number of types"
        case definitionSize = "size of type definitions"
        case nameLength = "length of a name"
        case interfaceNameLength = "length of an interface's name"
        case memory = "memory"
    }
}

extension GobError: CustomStringConvertible {
    /// One sentence: what, where in the value, where in the bytes.
    public var description: String {
        var text = fault.description
        if !path.isEmpty { text += " in \(path)" }
        if let offset { text += " at byte \(offset)" }
        return text
    }
}

extension GobError.Fault: CustomStringConvertible {
    /// The fault in words, without its place.
    public var description: String {
        switch self {
        case .truncated: "the gob stream ends in the middle of a value"
        case .pastEndOfMessage: "more bytes are needed than the gob message has"
        case .extraData(let count): "\(count) bytes too many in a type definition"
        case .integerTooLong(let count): "an integer of \(count) bytes; 8 is the most"
        case .fieldOutOfRange(let field, let count): "field \(field) of a struct that has \(count)"
        case .singletonDelta(let delta): "\(delta) where a 0 must precede the value"
        case .undefinedType(let id): "type \(id) is not defined"
        case .duplicateType(let id): "type \(id) is defined again"
        case .malformedDefinition(let what): "a malformed type definition: \(what)"
        case .arrayLength(let found, let expected):
            "an array of \(found) elements where its type has \(expected)"
        case .limitExceeded(let limit, let value):
            "the limit of \(value) on the \(limit.rawValue) is exceeded"
        case .wrongKind(let found, let expected):
            "a \(found) where the type has a \(expected.goWord)"
        case .fieldCount(let found, let expected):
            "a struct of \(found) values where its type has \(expected) fields"
        case .unpairedMap: "a map with a key that has no value"
        case .interfaceName(let name):
            name.isEmpty
                ? "an interface value without the name of its type"
                : "an interface value with a name of \(name.utf8.count) bytes"
        case .nothingToSend: "a nil value cannot be sent"
        case .nilElement: "a nil pointer in a slice, an array or a map cannot be sent"
        case .incompatible(let found, let expected):
            "type \(found) does not go into \(expected)"
        case .noCommonField(let found, let expected):
            "struct \(found) has no field in common with \(expected)"
        case .outOfRange(let value, let type): "\(value) is out of the range of \(type)"
        case .notUTF8: "a string that is not UTF-8"
        case .malformedOpaque(let type): "the bytes are no \(type)"
        }
    }
}
