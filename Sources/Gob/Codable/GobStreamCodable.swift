extension GobStreamDecoder {
    /// The next value of a stream that is at hand as a whole, as one of a `Decodable` type.
    ///
    /// - Parameters:
    ///   - type: What the value is wanted as; see ``GobDecoder`` for how they match.
    ///   - bytes: The stream, the same at each call.
    ///   - position: Where to go on, at first 0; moved past every message that was read.
    /// - Returns: The value, or `nil` at the stream's end.
    /// - Throws: ``GobError`` where the bytes are no gob, `DecodingError` where the value does not
    ///   fit the type.
    public mutating func next<Value: Decodable>(
        codable type: Value.Type,
        in bytes: [UInt8],
        at position: inout Int,
    ) throws -> Value? {
        try next(in: bytes, at: &position)?.decoded(as: type, depth: limits.typedDepth)
    }

    /// Takes one message, as ``receive(_:)`` does, for a value of a `Decodable` type.
    ///
    /// - Returns: The value that it completes, or `nil` when more messages are needed.
    public mutating func receive<Value: Decodable>(
        _ frame: [UInt8],
        codable type: Value.Type,
    ) throws -> Value? {
        try receive(frame)?.decoded(as: type, depth: limits.typedDepth)
    }
}

extension GobStreamEncoder {
    /// The messages that send a value of an `Encodable` type.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - encoder: What has learnt the types so far; see ``GobEncoder`` for how it does.
    /// - Returns: The messages.
    /// - Throws: `EncodingError` where the value has no Go type, ``GobError`` where it exceeds a
    ///   limit.
    public mutating func encode<Value: Encodable>(
        codable value: Value,
        with encoder: GobEncoder,
    ) throws -> [UInt8] {
        try encode(encoder.datum(value))
    }
}
