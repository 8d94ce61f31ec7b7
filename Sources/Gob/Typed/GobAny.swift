/// A value in a Go interface, with the name under which its sender registered its type.
///
/// A field of type `GobAny?` stands for `any`, or for any other interface.
public struct GobAny: Sendable, Hashable, GobTyped {
    /// Such as `int`, `main.Point` or `*main.list`; a receiver must have registered it, too.
    public let name: String
    /// The value and its types.
    public let datum: GobDatum

    /// A value under a name.
    public init(name: String, _ datum: GobDatum) {
        self.name = name
        self.datum = datum
    }

    /// A typed value under a name.
    ///
    /// - Throws: ``GobError`` where it cannot be sent.
    public init<Value: GobTyped>(name: String, _ value: Value) throws(GobError) {
        self.init(name: name, try GobDatum(value))
    }

    /// The value as one of a Swift type.
    ///
    /// - Throws: ``GobError`` where it does not fit.
    public func value<Value: GobTyped>(as type: Value.Type) throws(GobError) -> Value {
        try datum.value(as: type)
    }

    /// Of no use but in an optional: an interface that is not nil holds something.
    public static var gobZero: GobAny {
        let datum = GobDatum(schema: GobSchema(), type: TypeIndex(.bool), value: .bool(false))
        return GobAny(name: "bool", datum)
    }

    /// None: a field's type is the optional.
    public static func gobLayout(in layouts: inout GobLayouts) -> GobLayouts.Index {
        preconditionFailure("an interface may be nil: declare the field as GobAny?")
    }
}
