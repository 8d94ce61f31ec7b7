import Gob
import Testing

/// A golden vector and what its stream is in Swift.
struct TypedCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// Whether Go writes these values in one way only, which is then ours.
    let isExact: Bool
    /// The stream as the values that a Swift receiver has, by each way to receive.
    let receives: @Sendable (_ bytes: [UInt8], _ cache: GobTypeCache?) throws -> Bool
    let receivesByMessage: @Sendable (_ bytes: [UInt8]) throws -> Bool
    /// The values as a Swift sender sends them.
    let sends: @Sendable (_ cache: GobTypeCache?) throws -> [UInt8]
    /// How many values there are before an error, and the error.
    let readsUntilError: @Sendable (_ bytes: [UInt8]) -> (values: Int, error: GobError?)

    var testDescription: String { name }

    /// Values of the stream, and what comes of them where that is something else.
    init<Value: GobTyped & Sendable>(
        _ name: String,
        _ sent: [Value],
        received: [Value]? = nil,
        isExact: Bool = true,
        equals: @escaping @Sendable (Value, Value) -> Bool,
    ) {
        let expected = received ?? sent
        self.name = name
        self.isExact = isExact
        receives = { bytes, cache in
            let values = try decodeAll(bytes, as: Value.self, cache: cache)
            return values.elementsEqual(expected, by: equals)
        }
        receivesByMessage = { bytes in
            try decodeByMessage(bytes, as: Value.self).elementsEqual(expected, by: equals)
        }
        sends = { cache in
            var encoder = cache.map { GobStreamEncoder(cache: $0) } ?? GobStreamEncoder()
            return try sent.flatMap { value throws(GobError) in try encoder.encode(value) }
        }
        readsUntilError = { decodeUntilError($0, as: Value.self) }
    }

    init<Value: GobTyped & Sendable & Equatable>(
        _ name: String,
        _ sent: Value...,
        received: [Value]? = nil,
        isExact: Bool = true,
    ) {
        self.init(name, sent, received: received, isExact: isExact, equals: ==)
    }

    /// Values without an equality: they are the same where they are sent as the same bytes.
    init<Value: GobTyped & Sendable>(
        sameBytes name: String,
        _ sent: Value...,
        received: [Value]? = nil,
        isExact: Bool = true,
    ) {
        self.init(name, sent, received: received, isExact: isExact) { left, right in
            let bytes = try? encoded(left, sortsMaps: true)
            return bytes != nil && bytes == (try? encoded(right, sortsMaps: true))
        }
    }
}

/// A stream of one value.
func encoded<Value: GobTyped>(
    _ value: Value,
    limits: GobLimits = GobLimits(),
    sortsMaps: Bool = false,
) throws(GobError) -> [UInt8] {
    var encoder = GobStreamEncoder(limits: limits)
    encoder.sortsMaps = sortsMaps
    return try encoder.encode(value)
}

/// The first value of a stream.
func decoded<Value: GobTyped>(
    _ bytes: [UInt8],
    as type: Value.Type = Value.self,
    limits: GobLimits = GobLimits(),
) throws(GobError) -> Value {
    var decoder = GobStreamDecoder(limits: limits)
    var position = 0
    guard let value = try decoder.next(type, in: bytes, at: &position) else {
        throw GobError(.truncated)
    }
    return value
}

/// Every value of a stream that is at hand as a whole.
func decodeAll<Value: GobTyped>(
    _ bytes: [UInt8],
    as type: Value.Type,
    cache: GobTypeCache? = nil,
) throws(GobError) -> [Value] {
    var decoder = cache.map { GobStreamDecoder(cache: $0) } ?? GobStreamDecoder()
    var position = 0
    var values: [Value] = []
    while let value = try decoder.next(type, in: bytes, at: &position) { values.append(value) }
    return values
}

/// Every value of a stream, given to the decoder a message at a time.
func decodeByMessage<Value: GobTyped>(
    _ bytes: [UInt8],
    as type: Value.Type,
    limits: GobLimits = GobLimits(),
) throws(GobError) -> [Value] {
    var decoder = GobStreamDecoder(limits: limits)
    var values: [Value] = []
    for message in try messages(of: bytes) {
        if let value = try decoder.receive(message, as: type) { values.append(value) }
    }
    return values
}

/// The messages of a stream, each with its length.
func messages(of bytes: [UInt8]) throws(GobError) -> [[UInt8]] {
    var rest = bytes[...]
    var messages: [[UInt8]] = []
    while let size = try GobFrame.size(Array(rest).span), size <= rest.count {
        messages.append(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
    }
    return messages
}

/// How many values there are before the first error, and the error.
func decodeUntilError<Value: GobTyped>(
    _ bytes: [UInt8],
    as type: Value.Type,
) -> (values: Int, error: GobError?) {
    var decoder = GobStreamDecoder()
    var position = 0
    var values = 0
    do throws(GobError) {
        while try decoder.next(type, in: bytes, at: &position) != nil { values += 1 }
        return (values, nil)
    } catch {
        return (values, error)
    }
}

/// Does something, and gives the error with which it fails.
func errorOf(_ body: () throws(GobError) -> some Any) -> GobError? {
    do throws(GobError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
