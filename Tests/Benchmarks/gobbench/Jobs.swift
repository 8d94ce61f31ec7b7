import Foundation
import Gob

/// How values are encoded and decoded.
enum Codec: String, CaseIterable {
    /// Swift structs that list their fields.
    case typed
    /// `GobValue`, which needs no types.
    case value
    /// `Codable` by gob.
    case codable
    /// `Codable` by Foundation's JSON coders.
    case json

    /// The jobs of a case.
    func jobs(for case: Case) throws -> Jobs {
        switch `case` {
        case .article: try jobs(Sample.article, isLasting: true)
        case .articleFresh: try jobs(Sample.article, isLasting: false)
        case .floats: try jobs(Sample.floats(), isLasting: false)
        case .strings: try jobs(Sample.strings(), isLasting: false)
        case .records: try jobs(Sample.records(), isLasting: false)
        case .map: try jobs(Sample.map(), isLasting: false)
        case .bytes: try jobs(Sample.bytes(), isLasting: false)
        }
    }

    private func jobs<Value: GobTyped & Codable>(
        _ value: Value,
        isLasting: Bool,
    ) throws -> Jobs {
        switch self {
        case .typed:
            try isLasting
                ? lastingJobs(value, encodeTyped, decodeTyped)
                : freshJobs(value, GobTypeCache(), encodeTyped, decodeTyped)
        case .value:
            try isLasting
                ? lastingJobs(GobDatum(value), encodeValue, decodeValue)
                : freshJobs(GobDatum(value), GobTypeCache(), encodeValue, decodeValue)
        case .codable: try codableJobs(value, isLasting: isLasting)
        case .json: try jsonJobs(value)
        }
    }
}

/// The two directions of a codec on a case.
struct Jobs {
    /// Of one value, encoded.
    let bytes: Int
    let encode: Job
    let decode: Job

    init(bytes: Int, encode: @escaping () throws -> Void, decode: @escaping () throws -> Void) {
        self.bytes = bytes
        self.encode = Job(direction: "encode", run: encode)
        self.decode = Job(direction: "decode", run: decode)
    }
}

private typealias Encode<Value> = (Value, inout GobStreamEncoder, (Span<UInt8>) throws -> Void)
    throws -> Void
private typealias Decode<Value> = (inout GobStreamDecoder, [UInt8], inout Int) throws -> Value?

private func encodeTyped<Value: GobTyped>(
    _ value: Value,
    _ encoder: inout GobStreamEncoder,
    _ write: (Span<UInt8>) throws -> Void,
) throws {
    try encoder.encode(value, write: write)
}

private func decodeTyped<Value: GobTyped>(
    _ decoder: inout GobStreamDecoder,
    _ bytes: [UInt8],
    _ position: inout Int,
) throws -> Value? {
    try decoder.next(Value.self, in: bytes, at: &position)
}

private func encodeValue(
    _ datum: GobDatum,
    _ encoder: inout GobStreamEncoder,
    _ write: (Span<UInt8>) throws -> Void,
) throws {
    try encoder.encode(datum, write: write)
}

private func decodeValue(
    _ decoder: inout GobStreamDecoder,
    _ bytes: [UInt8],
    _ position: inout Int,
) throws -> GobDatum? {
    try decoder.next(in: bytes, at: &position)
}

/// One encoder and one decoder for all values.
private func lastingJobs<Value>(
    _ value: Value,
    _ encode: @escaping Encode<Value>,
    _ decode: @escaping Decode<Value>,
) throws -> Jobs {
    var encoder = GobStreamEncoder()
    let first = try stream(value, &encoder, encode)
    let second = try stream(value, &encoder, encode)
    var decoder = GobStreamDecoder()
    var position = 0
    _ = try decode(&decoder, first, &position)
    return Jobs(bytes: second.count) {
        try encode(value, &encoder, drop)
    } decode: {
        var position = 0
        guard try decode(&decoder, second, &position) != nil else { throw BenchmarkError.noValue }
    }
}

/// An encoder and a decoder for each value, which know what types were seen before.
private func freshJobs<Value>(
    _ value: Value,
    _ cache: GobTypeCache,
    _ encode: @escaping Encode<Value>,
    _ decode: @escaping Decode<Value>,
) throws -> Jobs {
    var first = GobStreamEncoder(cache: cache)
    let bytes = try stream(value, &first, encode)
    return Jobs(bytes: bytes.count) {
        var encoder = GobStreamEncoder(cache: cache)
        try encode(value, &encoder, drop)
    } decode: {
        var decoder = GobStreamDecoder(cache: cache)
        var position = 0
        guard try decode(&decoder, bytes, &position) != nil else { throw BenchmarkError.noValue }
    }
}

/// An encoder and a decoder for all values, or for each.
private func codableJobs<Value: Codable>(_ value: Value, isLasting: Bool) throws -> Jobs {
    let encoder = GobEncoder()
    let cache = GobTypeCache()
    let encode: Encode<Value> = { value, stream, write in
        try stream.encode(encoder.datum(value), write: write)
    }
    let decode: Decode<Value> = { stream, bytes, position in
        try stream.next(codable: Value.self, in: bytes, at: &position)
    }
    return try isLasting
        ? lastingJobs(value, encode, decode) : freshJobs(value, cache, encode, decode)
}

private func stream<Value>(
    _ value: Value,
    _ encoder: inout GobStreamEncoder,
    _ encode: Encode<Value>,
) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try encode(value, &encoder) { piece in
        for index in piece.indices { bytes.append(piece[index]) }
    }
    return bytes
}

/// Foundation's coders have no streams: each value is one of its own.
private func jsonJobs<Value: Codable>(_ value: Value) throws -> Jobs {
    let data = try JSONEncoder().encode(value)
    return Jobs(bytes: data.count) {
        _ = try JSONEncoder().encode(value)
    } decode: {
        _ = try JSONDecoder().decode(Value.self, from: data)
    }
}

/// Takes bytes, and drops them.
@inline(never)
private func drop(_ piece: Span<UInt8>) {
    precondition(!piece.isEmpty)
}

enum BenchmarkError: Error {
    case noValue
}
