private import FoundationEssentials

/// A JSON document, with nothing lost: numbers as they are written, names in their order.
///
/// Foundation's parser will not do here. It loses a name that differs from another only in its
/// Unicode form, or comes twice; takes `1.0` for an integer; and does not say where a document is
/// broken.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as it is written.
    case number(String)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; a name may come twice.
    case object([Member])

    /// A name in an object, and its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSONValue

        /// A member of an object.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// Reads a document (RFC 8259).
    ///
    /// - Parameter bytes: UTF-8, perhaps after a byte order mark, nested to at most 512 levels.
    /// - Throws: ``GobJSONError`` with line and column of the first place that is wrong.
    public init(parsing bytes: [UInt8]) throws(GobJSONError) {
        do {
            self = try JSONParser.parse(bytes)
        } catch {
            throw GobJSONError(error)
        }
    }

    /// The member of a name, of several the first; only objects have some.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The bytes of a string in base64; `nil` for anything else.
    package var base64: [UInt8]? {
        guard case .string(let text) = self else { return nil }
        return Data(base64Encoded: text).map { Array($0) }
    }

    /// What it is, for messages; of a long number the beginning.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool(let truth): "\(truth)"
        case .number(let text): text.utf8.count > 40 ? "\(text.prefix(40))…" : text
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
