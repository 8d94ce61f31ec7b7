import Gob
import GobJSON
import Testing

/// Streams made by real Go, of every kind.
@Suite struct VectorTests {
    @Test("there are 236 vectors, and 210 have their values checked")
    func count() {
        #expect(Vector.all.count == 236)
        #expect(Vector.all.count(where: \.isComparable) == 210)
    }

    @Test("a stream decodes to what Go decodes it to", arguments: Vector.all.filter(\.isComparable))
    func decodes(_ vector: Vector) throws {
        let values = try decodeAll(vector.bytes).map { datum in
            try JSONValue(parsing: Array(GobJSONWriter.text(of: datum).utf8))
        }
        #expect(
            values.map { $0.normalized(vector) } == vector.expected.map { $0.normalized(vector) }
        )
    }

    @Test("every vector gives as many values as it has", arguments: Vector.all)
    func countsValues(_ vector: Vector) throws {
        #expect(try decodeAll(vector.bytes).count == vector.json.count)
    }

    @Test("it makes no difference how a stream arrives", arguments: Vector.all)
    func arrival(_ vector: Vector) throws {
        // As text: a NaN is not equal to itself.
        #expect(try "\(decodeByMessage(vector.bytes))" == "\(decodeAll(vector.bytes))")
    }

    @Test("a stream is encoded to the bytes of Go", arguments: Vector.all.filter(\.hasFirstIDs))
    func encodes(_ vector: Vector) throws {
        var encoder = GobStreamEncoder()
        var bytes: [UInt8] = []
        for datum in try decodeAll(vector.bytes) { bytes += try encoder.encode(datum) }
        #expect(bytes.hex == vector.hex)
    }

    @Test("a stream with other type ids is encoded to the same values", arguments: Vector.all)
    func encodesAgain(_ vector: Vector) throws {
        let data = try decodeAll(vector.bytes)
        var encoder = GobStreamEncoder()
        var bytes: [UInt8] = []
        for datum in data { bytes += try encoder.encode(datum) }
        // As text: a NaN is not equal to itself.
        #expect(try decodeAll(bytes).map { "\($0.value)" } == data.map { "\($0.value)" })
    }
}

extension Vector {
    /// Whether the value can be compared without knowing the Go types.
    ///
    /// The rest are opaque values, which are bytes until their Go types are known, types with a
    /// text form of their own in JSON, and pointers to zero, which look like zero on the wire.
    var isComparable: Bool {
        let groups = ["encoder/", "time/", "big/", "net/", "url", "interface/time"]
        return name != "pointer/to-zero" && !groups.contains { name.hasPrefix($0) }
    }

    /// Whether the stream has the ids of a Go program that sends nothing else, each once: Go numbers
    /// an opaque pointer type twice, and `ids/` begins late.
    var hasFirstIDs: Bool {
        let others = ["big/", "net/fields", "url", "ids/", "encoder/gob-pointers"]
        return !others.contains { name.hasPrefix($0) }
    }
}

extension JSONValue {
    /// The vector's spelling of an interface, names in order, and numbers by their value, in the
    /// precision of float32 where the type has it.
    fileprivate func normalized(_ vector: Vector) -> JSONValue {
        let types = vector.types + vector.declarations
        return normalized(narrow: types.contains { $0.contains("float32") })
    }

    private func normalized(narrow: Bool) -> JSONValue {
        switch self {
        case .number(let text) where Int64(text) == nil && UInt64(text) == nil:
            .number(narrow ? "\(Float(text) ?? .nan)" : "\(Double(text) ?? .nan)")
        case .array(let elements): .array(elements.map { $0.normalized(narrow: narrow) })
        case .object(let members):
            .object(
                members.map { member in
                    let name = ["@type": "type", "@value": "value"][member.name] ?? member.name
                    return Member(name, member.value.normalized(narrow: narrow))
                }.sorted { $0.name < $1.name }
            )
        case .null, .bool, .number, .string: self
        }
    }
}
