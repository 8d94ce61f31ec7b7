import Gob

/// Why Go's decoder would refuse a value: the fault, and what Go says of it.
struct GoRefusal: Error {
    let fault: GoReceiveError.Fault
    /// Go's own words; `nil` where they are not known.
    let inGo: String?

    /// The received type cannot become that of a variable (decode.go, `compileSingle`).
    static func mismatch(
        received: String,
        wireName: String,
        local: String,
        variable: String,
        isInterface: Bool,
    ) -> GoRefusal {
        let reason =
            isInterface
            ? "local interface type \(variable) can only be decoded from remote interface type; "
                + "received concrete type \(wireName)"
            : "decoding into local type \(variable), received remote type \(wireName)"
        return GoRefusal(
            fault: .mismatch(received: received, local: local),
            inGo: "gob: \(reason)"
        )
    }

    /// What is received for a struct is none (decode.go, `compileDec`).
    static func notStructure(received: String, local: String) -> GoRefusal {
        GoRefusal(
            fault: .mismatch(received: received, local: local),
            inGo: "gob: type mismatch in decoder: want struct type \(local); got non-struct"
        )
    }

    /// A field that both have does not fit (decode.go, `compileDec`).
    static func fieldMismatch(
        _ name: String,
        received: String,
        structure: String,
        local: String,
    ) -> GoRefusal {
        GoRefusal(
            fault: .fieldMismatch(name, received: received, local: local),
            inGo: "gob: wrong type (\(local)) for received field \(structure).\(name)"
        )
    }

    /// Two structs have no field in common (decode.go, `decodeValue`).
    static func noCommonFields(_ local: String, bareName: String) -> GoRefusal {
        GoRefusal(
            fault: .noCommonFields(local),
            inGo: "gob: type mismatch: no fields matched compiling decoder for \(bareName)"
        )
    }

    /// A number is too large (decode.go, `overflow`).
    static func outOfRange(_ number: String, type: String, name: String) -> GoRefusal {
        GoRefusal(
            fault: .outOfRange(number, type: type),
            inGo: "value for \"\(name)\" out of range"
        )
    }

    /// What is in an interface is not registered (decode.go, `decodeInterface`).
    static func notRegistered(_ name: String) -> GoRefusal {
        GoRefusal(
            fault: .notRegistered(name),
            inGo: "gob: name not registered for interface: \(name.interpretedInGo)"
        )
    }

    /// What is in an interface has not its methods (decode.go, `decodeInterface`).
    static func notAssignable(_ name: String, type: String, interface: String) -> GoRefusal {
        GoRefusal(
            fault: .notAssignable(name, interface: interface),
            inGo: "gob: \(type) is not assignable to type \(interface)"
        )
    }

    /// A field is in an embedded struct that is a nil pointer (reflect, `FieldByIndex`).
    static func nilEmbedded(_ field: String, type: String) -> GoRefusal {
        GoRefusal(
            fault: .nilEmbedded(field, type: type),
            inGo: "panic: reflect: indirection through nil pointer to embedded struct"
        )
    }

    /// Go takes what it reads for something else.
    static func misread(_ misreading: GoReceiveError.Misreading) -> GoRefusal {
        GoRefusal(fault: .misread(misreading), inGo: nil)
    }
}
