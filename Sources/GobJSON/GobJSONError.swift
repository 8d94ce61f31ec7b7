public import GoTypes

/// Why a JSON document is no value of a Go type, and where in it.
public struct GobJSONError: Error, Equatable, Sendable {
    /// What is wrong.
    public let fault: Fault
    /// Where in the document, as `.C.M["one"]`; empty at the top.
    public let path: String

    /// A fault at a place.
    public init(_ fault: Fault, path: String = "") {
        self.fault = fault
        self.path = path
    }

    /// The faults, each with what is needed to find it.
    public enum Fault: Error, Equatable, Sendable {
        /// The document is no JSON: where, counted from 1, and why.
        case notJSON(line: Int, column: Int, String)
        /// A value of another kind than the type asks for.
        case mismatch(found: String, expected: String)
        /// A number that the type cannot hold.
        case outOfRange(String, type: String)
        /// A field that the struct has not; the field that was perhaps meant.
        case unknownField(String, type: String, nearest: String?)
        /// Two names that mean the same field.
        case duplicateField(String)
        /// A key that comes twice in a map.
        case duplicateKey
        /// Text that is no base64 where bytes are wanted.
        case notBase64
        /// A list of another length than the array has.
        case arrayLength(found: Int, expected: Int)
        /// A field that JSON could have, but gob does not send.
        case notSent(String, type: String)
        /// `null` where gob can send no nil.
        case nilValue(String)
        /// A type that cannot be used.
        case type(GoTypeError)
    }
}

extension GobJSONError: CustomStringConvertible {
    /// One sentence: the place, then the fault.
    public var description: String {
        if case .notJSON(let line, let column, let reason) = fault {
            return "\(line):\(column): not JSON: \(reason)"
        }
        return path.isEmpty ? fault.description : "\(path): \(fault.description)"
    }
}

extension GobJSONError.Fault: CustomStringConvertible {
    /// The fault in words, without its place.
    public var description: String {
        switch self {
        case .notJSON(_, _, let reason): "not JSON: \(reason)"
        case .mismatch(let found, let expected): "\(found) where \(expected) is needed"
        case .outOfRange(let number, let type): "\(number) is out of range for \(type)"
        case .unknownField(let name, let type, let nearest):
            "\(type) has no field \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
        case .duplicateField(let name): "the field \"\(name)\" is given twice"
        case .duplicateKey: "the key is given twice"
        case .notBase64: #"not base64; for text write {"@text": "…"}"#
        case .arrayLength(let found, let expected):
            "\(found) elements where the array has \(expected)"
        case .notSent(let name, let type): "gob does not send the field \"\(name)\" of \(type)"
        case .nilValue(let type): "null, and gob cannot send a nil \(type) here"
        case .type(let error): error.description
        }
    }
}
