/// Why a Go program with a variable of some type would refuse a received value, and where in it.
public struct GoReceiveError: Error, Equatable, Sendable {
    /// What is wrong.
    public let fault: Fault
    /// Where in the received value (`C.M["x"]`); empty at the top.
    public let path: String
    /// What Go's own decoder says, or panics with; `nil` where that is not known.
    public let inGo: String?

    /// A fault at a place.
    public init(_ fault: Fault, path: String = "", inGo: String? = nil) {
        self.fault = fault
        self.path = path
        self.inGo = inGo
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
        /// A field that is in an embedded struct, of which the receiver has only a nil pointer.
        case nilEmbedded(String, type: String)
        /// Go takes what it reads for something else, so that anything may come of it.
        case misread(Misreading)
        /// The receiver's own type cannot be used.
        case type(GoTypeError)
    }

    /// Faults of Go's decoder, in which it loses its place in the stream.
    public enum Misreading: Equatable, Sendable {
        /// Two fields of one struct have this type here, and different ones where they come from: Go
        /// reads the second as if it were sent as the first (decode.go, `decOpFor`).
        case typeMetBefore(String)
        /// An interface that is nil, in a field that the receiver has not (decode.go,
        /// `ignoreInterface`).
        case nilPassedOver
        /// The definition of a type in an interface, inside another in a field that the receiver has
        /// not (golang/go#34879).
        case definitionPassedOver
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
        case .mismatch(let received, let local): "\(received) cannot be received as \(local)"
        case .fieldMismatch(let field, let received, let local):
            "the field \"\(field)\" comes as \(received), and is \(local) here"
        case .noCommonFields(let local): "\(local) has none of the received fields"
        case .outOfRange(let number, let type): "\(number) is out of range for \(type)"
        case .notRegistered(let name):
            "the type \"\(name)\" of a value in an interface is not declared or registered"
        case .notAssignable(let name, let interface): "\(name) does not implement \(interface)"
        case .badBytes(let type): "the bytes are none that \(type) writes"
        case .nilEmbedded(let field, let type):
            "the field \"\(field)\" is in an embedded \(type), which is nil"
        case .misread(let misreading): misreading.description
        case .type(let error): error.description
        }
    }
}

extension GoReceiveError.Misreading: CustomStringConvertible {
    /// What Go does, in words.
    public var description: String {
        switch self {
        case .typeMetBefore(let local):
            "Go reads it as if it were of the type that it received before for another \(local)"
        case .nilPassedOver:
            "Go loses its place where it passes over a nil in an interface"
        case .definitionPassedOver:
            "Go loses its place where it passes over an interface in which a type is defined"
        }
    }
}
