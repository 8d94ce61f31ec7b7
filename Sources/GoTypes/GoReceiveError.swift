/// Why a Go program with a variable of some type would refuse a received value, and where in it.
public struct GoReceiveError: Error, Equatable, Sendable {
    /// What is wrong.
    public let fault: Fault
    /// Where in the received value (`C.M["x"]`); empty at the top.
    public let path: String

    /// A fault at a place.
    public init(_ fault: Fault, path: String = "") {
        self.fault = fault
        self.path = path
    }

    /// The faults, each with what is needed to find it (decode.go).
    public enum Fault: Error, Equatable, Sendable {
        /// The received type cannot become the receiver's.
        case mismatch(received: String, local: String)
        /// A field that both have, of types that do not fit, whether or not this value has it.
        case fieldMismatch(String, received: String, local: String)
        /// Both are structs with fields, and have none of them in common.
        case noCommonFields(String)
        /// A number that the receiver's type cannot hold.
        case outOfRange(String, type: String)
        /// The value in an interface has a type that the receiver has not registered.
        case notRegistered(String)
        /// The value in an interface has a type without the interface's methods.
        case notAssignable(String, interface: String)
        /// Bytes that the type's own method refuses.
        case badBytes(type: String)
        /// The receiver's own type cannot be used.
        case type(GoTypeError)
    }
}

extension GoReceiveError: CustomStringConvertible {
    /// One sentence: the place, then the fault.
    public var description: String {
        path.isEmpty ? fault.description : "\(path): \(fault)"
    }
}

extension GoReceiveError.Fault: CustomStringConvertible {
    /// The fault in words, without its place.
    public var description: String {
        switch self {
        case .mismatch(let received, let local): "a \(received) cannot be received as \(local)"
        case .fieldMismatch(let field, let received, let local):
            "the field \"\(field)\" is a \(received), and \(local) here"
        case .noCommonFields(let local): "\(local) has none of the received fields"
        case .outOfRange(let number, let type): "\(number) is out of range for \(type)"
        case .notRegistered(let name):
            "the type \"\(name)\" of a value in an interface is not declared or registered"
        case .notAssignable(let name, let interface): "\(name) does not implement \(interface)"
        case .badBytes(let type): "the bytes are none that \(type) writes"
        case .type(let error): error.description
        }
    }
}
