/// Why a text is no Go type, or a Go type cannot be used, and where in the text.
public struct GoTypeError: Error, Equatable, Sendable {
    /// What is wrong.
    public let fault: Fault
    /// The place in the text; `nil` where the fault is in no text.
    public let place: Place?

    /// A fault, and its place where it has one.
    public init(_ fault: Fault, at place: Place? = nil) {
        self.fault = fault
        self.place = place
    }

    /// A place in a text.
    public struct Place: Equatable, Sendable {
        /// The line, from 1.
        public let line: Int
        /// The column, from 1, in Unicode scalars.
        public let column: Int

        /// A line and a column, both from 1.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// The faults, each with what is needed to find it.
    public enum Fault: Error, Equatable, Sendable {
        /// Something else stands where this is needed.
        case expected(String, found: String)
        /// A string that is not ended.
        case unfinishedString
        /// A comment that is not ended.
        case unfinishedComment
        /// A text that is longer, in bytes.
        case tooLong(limit: Int)
        /// Types that are nested deeper.
        case tooDeep(limit: Int)
        /// A type that reaches more types, or has a value of more parts.
        case tooLarge(String, limit: Int)
        /// Type parameters, or a type with type arguments.
        case generic(String)
        /// An array whose length is neither a number nor a constant that is one.
        case arrayLength(String)
        /// A type that is not declared; the declared one that was perhaps meant.
        case undeclared(String, nearest: String?)
        /// A name that is Go's own, or is none.
        case badName(String)
        /// A type that consists of itself, as `type T *T` does.
        case endless(String)
        /// A type that can be no key of a map.
        case mapKey(String)
        /// A type that gob does not send: a channel or a function, but in a struct's field.
        case notSent(String)
        /// A struct that has fields, none of which is exported.
        case noExportedFields(String)
    }
}

extension GoTypeError: CustomStringConvertible {
    /// One sentence: the place where it is known, then the fault.
    public var description: String {
        place.map { "\($0.line):\($0.column): \(fault)" } ?? "\(fault)"
    }
}

extension GoTypeError.Fault: CustomStringConvertible {
    /// The fault in words, without its place.
    public var description: String {
        switch self {
        case .expected(let what, let found): "\(what) is needed here, not \(found)"
        case .unfinishedString: "this string is not ended"
        case .unfinishedComment: "this comment is not ended"
        case .tooLong(let limit): "the text has more than \(limit) bytes"
        case .tooDeep(let limit): "types are nested deeper than \(limit) levels"
        case .tooLarge(let what, let limit): "\(what) has more than \(limit) parts"
        case .generic(let name): "\"\(name)\" has type parameters, which gobtalk does not know"
        case .arrayLength(let text): "the length of an array must be a number, not \(text)"
        case .undeclared(let name, let nearest):
            "the type \"\(name)\" is not declared"
                + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
        case .badName(let name): "\"\(name)\" cannot be declared as a type's name"
        case .endless(let name): "\"\(name)\" is a type that consists of itself"
        case .mapKey(let type): "\(type) cannot be the key of a map"
        case .notSent(let type): "gob cannot send \(type)"
        case .noExportedFields(let type): "gob cannot send \(type): it has no exported fields"
        }
    }
}
