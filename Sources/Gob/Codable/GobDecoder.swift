/// Decodes `Decodable` values from gob, in the manner of `JSONDecoder`.
///
/// Names are matched exactly. As Go has it, what was not sent is zero: a missing field becomes
/// `nil`, 0, empty or a struct of zeros. Kinds must match: an `Int` is decoded from a signed integer
/// only, a `UInt` from an unsigned one, and a number must fit. An interface is the value in it.
///
/// The other faces are several times as fast: ``GobTyped`` for Swift structs that list their fields.
public struct GobDecoder: Sendable {
    /// What is known of types, from value to value.
    public let cache: GobTypeCache
    /// Handed to the types' `init(from:)`.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

    /// A decoder of streams with these limits.
    public init(limits: GobLimits = GobLimits()) {
        cache = GobTypeCache(limits: limits)
    }

    /// A decoder that shares what is known of types.
    public init(cache: GobTypeCache) {
        self.cache = cache
    }

    /// The first value of a stream; what follows it is not looked at.
    ///
    /// - Parameters:
    ///   - type: What the value is wanted as.
    ///   - bytes: A stream from its beginning.
    /// - Returns: The value.
    /// - Throws: ``GobError`` where the bytes are no gob, `DecodingError` where the value does not
    ///   fit the type.
    public func decode<Value: Decodable>(
        _ type: Value.Type,
        from bytes: [UInt8],
    ) throws -> Value {
        var decoder = GobStreamDecoder(cache: cache)
        var position = 0
        guard let datum = try decoder.next(in: bytes, at: &position) else {
            throw GobError(.truncated, offset: 0)
        }
        return try datum.decoded(as: type, userInfo: userInfo, depth: cache.limits.typedDepth)
    }
}

extension GobDatum {
    /// The value as one of a `Decodable` type; see ``GobDecoder`` for how they match.
    ///
    /// - Parameters:
    ///   - type: What the value is wanted as.
    ///   - userInfo: Handed to the types' `init(from:)`.
    ///   - depth: How deep values may be nested, since they are decoded on the thread's stack.
    /// - Returns: The value.
    /// - Throws: `DecodingError` where the value does not fit the type.
    public func decoded<Value: Decodable>(
        as type: Value.Type,
        userInfo: [CodingUserInfoKey: any Sendable] = [:],
        depth: Int = GobLimits().typedDepth,
    ) throws -> Value {
        let state = DecodingState(schema: schema, userInfo: userInfo, depth: depth)
        let decoder = ValueToDecode(value, self.type, state, parent: nil, step: .top)
        return try decoder.decode(type)
    }
}
