extension GobDatum {
    /// A typed value as one that needs no types.
    ///
    /// - Throws: ``GobError`` where it cannot be sent.
    public init<Value: GobTyped>(_ value: Value) throws(GobError) {
        var encoder = GobStreamEncoder()
        let bytes = try encoder.encode(value)
        var decoder = GobStreamDecoder()
        var position = 0
        guard let datum = try decoder.next(in: bytes, at: &position) else {
            throw GobError(.nothingToSend)
        }
        self = datum
    }

    /// The value as one of a Swift type.
    ///
    /// - Throws: ``GobError`` where the types do not go together, without an offset.
    public func value<Value: GobTyped>(as type: Value.Type) throws(GobError) -> Value {
        try value(as: type, limits: GobLimits())
    }

    /// The value as one of a Swift type, within limits.
    func value<Value: GobTyped>(
        as type: Value.Type,
        limits: GobLimits,
    ) throws(GobError) -> Value {
        var encoder = GobStreamEncoder(limits: limits)
        let bytes = try encoder.encode(self)
        var decoder = GobStreamDecoder(limits: limits)
        var position = 0
        do throws(GobError) {
            if let value = try decoder.next(type, in: bytes, at: &position) { return value }
        } catch {
            throw GobError(error.fault, path: error.path)
        }
        throw GobError(.nothingToSend)
    }
}
