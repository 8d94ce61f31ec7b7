import Gob
import Testing

/// Streams made by real Go, of every kind.
@Suite struct VectorTests {
    @Test("there are 236 vectors")
    func count() {
        #expect(Vector.all.count == 236)
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

    @Test("a message says of itself whether it defines a type", arguments: Vector.all)
    func definitions(vector: Vector) throws {
        var decoder = GobStreamDecoder()
        var rest = vector.bytes[...]
        // Until a value that its definitions cut, what comes back says it, too.
        while let size = try GobFrame.size(Array(rest).span), decoder.isBetweenValues {
            let message = Array(rest.prefix(size))
            var definitionsOnly = decoder
            let isValue = try definitionsOnly.receive(message) != nil
            let isDefinition = GobFrame.isDefinition(message.span)
            #expect(!(isValue && isDefinition))
            decoder = definitionsOnly
            rest = rest.dropFirst(size)
        }
        let isDefinition = GobFrame.isDefinition([UInt8]().span)
        #expect(!isDefinition)
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
    /// Whether the stream has the ids of a Go program that sends nothing else, each once: Go numbers
    /// an opaque pointer type twice, and `ids/` begins late.
    var hasFirstIDs: Bool {
        let others = ["big/", "net/fields", "url", "ids/", "encoder/gob-pointers"]
        return !others.contains { name.hasPrefix($0) }
    }
}
