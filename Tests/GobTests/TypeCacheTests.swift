import Gob
import Testing

/// Streams that share what they know of types are as any other streams.
@Suite struct TypeCacheTests {
    @Test("with a cache every stream decodes to the same, first and later")
    func decodes() throws {
        let cache = GobTypeCache()
        for _ in 0..<3 {
            for vector in Vector.all {
                let known = try decodeAll(vector.bytes, cache: cache).map { "\($0.value)" }
                #expect(
                    try known == decodeAll(vector.bytes).map { "\($0.value)" },
                    "\(vector.name)"
                )
            }
        }
    }

    @Test("with a cache every stream is encoded to the same bytes, first and later")
    func encodes() throws {
        let cache = GobTypeCache()
        for vector in Vector.all {
            let data = try decodeAll(vector.bytes)
            var plain = GobStreamEncoder()
            let expected = try data.map { datum throws(GobError) in try plain.encode(datum) }
            for _ in 0..<2 {
                var encoder = GobStreamEncoder(cache: cache)
                let bytes = try data.map { datum throws(GobError) in try encoder.encode(datum) }
                #expect(bytes == expected, "\(vector.name)")
            }
        }
    }

    @Test("a cache that forgets disturbs no stream, neither one being read nor one that follows")
    func forgets() throws {
        let cache = GobTypeCache()
        for vector in Vector.all {
            let expected = try decodeAll(vector.bytes).map { "\($0.value)" }
            var decoder = GobStreamDecoder(cache: cache)
            var position = 0
            var values: [String] = []
            while let datum = try decoder.next(in: vector.bytes, at: &position) {
                values.append("\(datum.value)")
                cache.forget()
            }
            #expect(values == expected, "\(vector.name)")
            #expect(try decodeAll(vector.bytes, cache: cache).map { "\($0.value)" } == expected)
        }
    }

    @Test("a bad stream fails alike with a cache, and leaves nothing wrong in it")
    func badStreams() throws {
        let cache = GobTypeCache()
        for vector in BadVector.all {
            let plain = decodeUntilError(vector.bytes)
            var error: GobError?
            do throws(GobError) { _ = try decodeAll(vector.bytes, cache: cache) } catch let fault {
                error = fault
            }
            #expect(error?.fault == plain.error?.fault, "\(vector.name)")
        }
        for vector in Vector.all {
            #expect(try decodeAll(vector.bytes, cache: cache).count == vector.json.count)
        }
    }

    @Test("streams that define ever new types do not fill the memory, and known ones go on")
    func bounded() throws {
        let cache = GobTypeCache()
        for number in 0..<3_000 {
            var schema = GobSchema()
            let type = schema.add(
                .structure([GobField("F\(number)", TypeIndex(.int))]),
                name: "T\(number)"
            )
            let datum = GobDatum(schema: schema, type: type, value: .structure([.int(1)]))
            #expect(try decodeAll(encode(datum), cache: cache).count == 1)
        }
        let article = try Vector.named("recursive/article").bytes
        #expect(try decodeAll(article, cache: cache) == decodeAll(article))
    }

    @Test("the cache's limits hold for its streams")
    func limits() throws {
        var limits = GobLimits()
        limits.messageSize = 10
        let cache = GobTypeCache(limits: limits)
        let article = try Vector.named("recursive/article").bytes
        #expect(throws: GobError(.limitExceeded(.messageSize, 10), offset: 0)) {
            try decodeAll(article, cache: cache)
        }
    }

    @Test("a stream whose every value brings a type is encoded again as it was")
    func growingStream() throws {
        var schema = GobSchema()
        var inside = TypeIndex(.int)
        var encoder = GobStreamEncoder()
        var bytes: [UInt8] = []
        for number in 0..<300 {
            inside = schema.add(.structure([GobField("F", inside)]), name: "T\(number)")
            let datum = GobDatum(schema: schema, type: inside, value: .structure([.zero]))
            bytes += try encoder.encode(datum)
        }
        var again = GobStreamEncoder()
        // Each comes with the types of the stream as far as it had come.
        let repeated = try decodeAll(bytes).flatMap { try again.encode($0) }
        #expect(repeated == bytes)
    }
}
