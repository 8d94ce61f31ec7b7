private import Synchronization

/// Encodes `Encodable` values as gob, in the manner of `JSONEncoder`.
///
/// The Go type is learnt from what is encoded: a struct for a type with keys, a slice for one
/// without, a map for a dictionary, `[]byte` for `[UInt8]`. Fields that are `nil` are known by their
/// static type; where no value of it was seen yet, it is an empty struct, into which Go decodes
/// nothing. What Go leaves out is left out.
///
/// The other faces are several times as fast: ``GobTyped`` for Swift structs that list their fields.
public final class GobEncoder: Sendable {
    /// What is known of types, from value to value.
    public let cache: GobTypeCache
    private let learnt = Mutex(LearntTypes())
    private let userInfo: [CodingUserInfoKey: any Sendable]

    /// An encoder of streams with these limits.
    ///
    /// - Parameters:
    ///   - limits: What every stream is held to.
    ///   - userInfo: Handed to the types' `encode(to:)`.
    public convenience init(
        limits: GobLimits = GobLimits(),
        userInfo: [CodingUserInfoKey: any Sendable] = [:],
    ) {
        self.init(cache: GobTypeCache(limits: limits), userInfo: userInfo)
    }

    /// An encoder that shares what is known of types.
    ///
    /// - Parameters:
    ///   - cache: What is known; its limits hold for every stream.
    ///   - userInfo: Handed to the types' `encode(to:)`.
    public init(cache: GobTypeCache, userInfo: [CodingUserInfoKey: any Sendable] = [:]) {
        self.cache = cache
        self.userInfo = userInfo
    }

    /// A stream of one value.
    ///
    /// - Throws: `EncodingError` where the value has no Go type, ``GobError`` where it exceeds a
    ///   limit.
    public func encode<Value: Encodable>(_ value: Value) throws -> [UInt8] {
        var encoder = GobStreamEncoder(cache: cache)
        return try encoder.encode(datum(value))
    }

    /// The value as one that needs no types, for a ``GobStreamEncoder``.
    ///
    /// - Throws: `EncodingError` where the value has no Go type.
    public func datum<Value: Encodable>(_ value: Value) throws -> GobDatum {
        let state = EncodingState(
            learnt.withLock { $0 },
            userInfo: userInfo,
            depth: cache.limits.typedDepth
        )
        let (encoded, type) = try state.encode(value, path: CodingStep.top)
        guard let encoded else {
            throw state.invalid(value, .top, GobError.Fault.nothingToSend.description)
        }
        let datum = state.types.datum(encoded, type)
        if state.types.hasChanged {
            state.types.hasChanged = false
            let types = state.types
            learnt.withLock { $0 = types }
        }
        return datum
    }
}

extension GobDatum {
    /// An `Encodable` value as one that needs no types; see ``GobEncoder`` for its Go type.
    ///
    /// - Throws: `EncodingError` where the value has no Go type.
    public init<Value: Encodable>(encoding value: Value) throws {
        self = try GobEncoder().datum(value)
    }
}
