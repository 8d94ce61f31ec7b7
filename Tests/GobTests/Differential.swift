import GoTypes
import Gob
import GobJSON

/// Compares this codec with Go's: every stream of a program in Go is decoded, checked against what
/// Go says is in it, and encoded again in several ways, which Go then decodes.
struct Differential {
    private(set) var differences: [String] = []
    private(set) var streamCount = 0
    private(set) var valueCount = 0
    /// How many streams had to have the very bytes of Go.
    private(set) var determinedCount = 0
    /// Shared by all streams, as in a long conversation.
    private let cache = GobTypeCache()

    /// Compares so many random types.
    mutating func compare(seed: Int, types: Int, values: Int) async throws {
        let program = try await GoProgram(["-seed", "\(seed)", "-count", "\(types)"])
        defer { try? program.remove() }
        let vectors = try await program.emit(seed: seed, values: values)
        for vector in vectors {
            do {
                try compareText(vector)
            } catch {
                differences.append("\(vector.name): \(error): \(vector.hex)")
            }
        }
        try await compareEncoding(vectors, with: program)
    }

    /// Compares what Go decodes from streams that were encoded again with what it sent.
    mutating func compareEncoding(_ vectors: [Vector], with program: GoProgram) async throws {
        var samples: [GoProgram.Sample] = []
        for vector in vectors {
            streamCount += 1
            valueCount += vector.json.count
            do {
                samples += try encodedAgain(vector)
                if vector.isLossless { samples.append(try sentFromJSON(vector)) }
            } catch {
                differences.append("\(vector.name): \(error): \(vector.hex)")
            }
        }
        differences += try await program.check(samples)
    }

    private mutating func expect(_ isSo: Bool, _ what: String, _ vector: Vector) {
        if !isSo {
            differences.append("\(vector.name): \(what): \(vector.hex) \(vector.declarations)")
        }
    }

    /// Decodes a stream and encodes it again: whole, with what a cache knows, and value by value.
    private mutating func encodedAgain(_ vector: Vector) throws -> [GoProgram.Sample] {
        let bytes = vector.bytes
        let data = try decodeAll(bytes)
        let whole = try encodeAll(data)
        let alone = try data.map { try encode($0) }
        let values = data.map(\.value.bits)
        let isSame = { (other: [GobDatum]) in other.map(\.value.bits) == values }
        expect(try isSame(decodeAll(bytes, cache: cache)), "a cache makes other values", vector)
        expect(try isSame(decodeByMessage(bytes)), "arrival makes other values", vector)
        expect(try isSame(decodeAll(whole)), "the values do not come back", vector)
        if vector.hasOneForm {
            determinedCount += 1
            expect(lastValue(whole) == lastValue(bytes), "other bytes: \(whole.hex)", vector)
        }
        var encoder = GobStreamEncoder(cache: cache)
        let cached = try data.flatMap { try encoder.encode($0) }
        return [[whole], [cached], alone].map { streams in
            GoProgram.Sample(
                name: vector.name,
                types: vector.types,
                go: vector.hex,
                streams: streams.map(\.hex),
            )
        }
    }

    /// Sends what the JSON of a stream describes, by the declarations of its Go types.
    private func sentFromJSON(_ vector: Vector) throws -> GoProgram.Sample {
        var types = GoTypeSet()
        let names = try vector.declarations.flatMap { try types.declare($0) }
        for name in names where ["Gob", "Bin", "Tex"].contains(name.prefix(3)) {
            try types.register("differential/opaque.\(name)", as: name)
            try types.register("*opaque.\(name)", as: "*\(name)")
        }
        let reader = GobJSONReader(types: types)
        let data = try zip(vector.json, vector.types).map { json, type in
            try reader.datum(json, as: types.type(type))
        }
        return GoProgram.Sample(
            name: "\(vector.name) of JSON",
            types: vector.types,
            go: vector.hex,
            streams: [try encodeAll(data).hex],
        )
    }

    /// Compares what is decoded with what Go says that a receiver has.
    private mutating func compareText(_ vector: Vector) throws {
        let texts = try decodeAll(vector.bytes).map { datum in
            try JSONValue(parsing: Array(GobJSONWriter.text(of: datum.sorted).utf8)).sorted
        }
        let expected = vector.expected.map(\.sorted)
        for (text, expected) in zip(texts, expected) where text != expected {
            expect(false, "expected \(expected), found \(text)", vector)
        }
    }
}

/// One stream of all values.
private func encodeAll(_ data: [GobDatum]) throws(GobError) -> [UInt8] {
    var encoder = GobStreamEncoder()
    var bytes: [UInt8] = []
    for datum in data { bytes += try encoder.encode(datum) }
    return bytes
}

/// The stream's last message without its length and the type's id, which differ from sender to
/// sender.
private func lastValue(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    func afterInteger(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = bytes.first else { return bytes }
        return bytes.dropFirst(first < 0x80 ? 1 : 257 - Int(first))
    }
    var rest = bytes[...]
    while let size = try? GobFrame.size(Array(rest).span), size < rest.count {
        rest = rest.dropFirst(size)
    }
    return afterInteger(afterInteger(rest))
}

extension GobValue {
    /// The same without types, and with the bits of floats in place of them: a NaN is not equal to
    /// itself, and zero is equal to minus zero.
    fileprivate var bits: GobValue {
        switch self {
        case .float(let number): .uint(number.bitPattern)
        case .complex(let real, let imaginary):
            .list([.uint(real.bitPattern), .uint(imaginary.bitPattern)])
        case .list(let values): .list(values.map(\.bits))
        case .structure(let values): .structure(values.map(\.bits))
        case .map(let values): .map(values.map(\.bits))
        case .interface(let content):
            .interface(
                GobInterface(
                    name: content.name,
                    type: TypeIndex(.int),
                    value: content.value.bits
                )
            )
        case .zero, .bool, .int, .uint, .string, .invalidString, .bytes, .opaque: self
        }
    }
}

extension GobDatum {
    /// The same with its maps in the order of their keys' JSON, and nothing in opaque values, as the
    /// program in Go writes them.
    fileprivate var sorted: GobDatum {
        GobDatum(schema: schema, type: type, value: sorted(value, type))
    }

    private func sorted(_ value: GobValue, _ type: TypeIndex) -> GobValue {
        switch (value, schema[type]) {
        case (.opaque, _):
            return .zero
        case (.list(let values), .array(let element, _)), (.list(let values), .slice(let element)):
            return .list(values.map { sorted($0, element) })
        case (.structure(let values), .structure(let fields)):
            return .structure(zip(values, fields).map { sorted($0, $1.type) })
        case (.interface(let content), _):
            let value = sorted(content.value, content.type)
            return .interface(GobInterface(name: content.name, type: content.type, value: value))
        case (.map(let pairs), .map(let key, let element)):
            let entries = stride(from: 0, to: pairs.count, by: 2).map { index in
                (key: sorted(pairs[index], key), value: sorted(pairs[index + 1], element))
            }
            let texts = entries.map { text($0.key, key) + [0] + text($0.value, element) }
            let order = texts.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
            return .map(order.flatMap { [entries[$0].key, entries[$0].value] })
        default:
            return value
        }
    }

    private func text(_ value: GobValue, _ type: TypeIndex) -> [UInt8] {
        Array(GobJSONWriter.text(of: GobDatum(schema: schema, type: type, value: value)).utf8)
    }
}

extension JSONValue {
    /// The same with the names of objects in order.
    fileprivate var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let members):
            .object(
                members.map { Member($0.name, $0.value.sorted) }
                    .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            )
        case .null, .bool, .number, .string: self
        }
    }
}
