import Gob
import Testing

/// Streams of several values and types, and what they share.
@Suite struct TypedStreamTests {
    @Test("a stream of ten values of eight types is that of Go")
    func mixed() throws {
        let vector = try Vector.named("stream/mixed")
        var decoder = GobStreamDecoder()
        var position = 0
        let bytes = vector.bytes
        #expect(try decoder.next(Point.self, in: bytes, at: &position) == Point(x: 1, y: 2))
        #expect(try decoder.next(String.self, in: bytes, at: &position) == "s")
        #expect(try decoder.next(Int16.self, in: bytes, at: &position) == 7)
        #expect(try decoder.next([String].self, in: bytes, at: &position) == ["a"])
        #expect(try decoder.next(Point.self, in: bytes, at: &position) == Point(x: 3, y: 4))
        #expect(try decoder.next([String: Int].self, in: bytes, at: &position) == ["k": 1])
        #expect(try decoder.next([String].self, in: bytes, at: &position) == ["b"])
        #expect(try decoder.next(Float.self, in: bytes, at: &position) == 1.5)
        let embedder = try decoder.next(Embedder.self, in: bytes, at: &position)
        #expect(embedder == Embedder(base: Base(id: 1), name: "x"))
        #expect(try decoder.next(Base.self, in: bytes, at: &position) == Base(id: 2))
        #expect(try decoder.next(Base.self, in: bytes, at: &position) == nil)

        var encoder = GobStreamEncoder()
        var sent = try encoder.encode(Point(x: 1, y: 2)) + encoder.encode("s") + encoder.encode(7)
        sent += try encoder.encode(["a"]) + encoder.encode(Point(x: 3, y: 4))
        sent += try encoder.encode(["k": 1]) + encoder.encode(["b"]) + encoder.encode(1.5)
        sent += try encoder.encode(Embedder(base: Base(id: 1), name: "x"))
        sent += try encoder.encode(Base(id: 2))
        #expect(sent.hex == vector.hex)
    }

    @Test("a type that was sent inside another one is not sent again")
    func innerFirst() throws {
        var encoder = GobStreamEncoder()
        let sent = try encoder.encode([Point(x: 1, y: 2)]) + encoder.encode(Point(x: 3, y: 4))
        #expect(try sent.hex == Vector.named("stream/inner-first").hex)
    }

    @Test("typed and untyped values share a stream and its definitions")
    func faces() throws {
        let article = ComplexData(n: 1, m: ["k": 1])
        let datum = try GobDatum(article)
        var encoder = GobStreamEncoder()
        let bytes = try encoder.encode(article) + encoder.encode(datum) + encoder.encode(article)
        var decoder = GobStreamDecoder()
        var position = 0
        #expect(try decoder.next(in: bytes, at: &position)?.value == datum.value)
        #expect(try decoder.next(ComplexData.self, in: bytes, at: &position) == article)
        #expect(try decoder.next(in: bytes, at: &position)?.value == datum.value)
        #expect(try datum.value(as: ComplexData.self) == article)
    }

    @Test("one wire type goes into several Swift types, and several into one, with one cache")
    func sharedPlans() throws {
        let cache = GobTypeCache()
        let point = try encoded(Point(x: 1, y: 2))
        let narrow = try encoded(OnlyX(x: 7))
        for _ in 0..<3 {
            #expect(try decodeAll(point, as: Point.self, cache: cache) == [Point(x: 1, y: 2)])
            #expect(try decodeAll(point, as: OnlyX.self, cache: cache) == [OnlyX(x: 1)])
            #expect(try decodeAll(narrow, as: Point.self, cache: cache) == [Point(x: 7)])
            #expect(try decodeAll(narrow, as: OnlyX.self, cache: cache) == [OnlyX(x: 7)])
            #expect(throws: GobError.self) { try decodeAll(narrow, as: Base.self, cache: cache) }
        }
    }

    private struct OnlyX: GobStructure, Equatable {
        var x: Int32 = 0
        static let gobFields: [Field] = [Field("X", \.x)]
    }

    @Test("many tasks share a cache", .timeLimit(.minutes(5)))
    func concurrency() async throws {
        let cache = GobTypeCache()
        let cases = TypedCase.all
        let failures = try await withThrowingTaskGroup(of: [String].self) { group in
            for task in 0..<16 {
                group.addTask {
                    var failures: [String] = []
                    for index in cases.indices {
                        let item = cases[(index * 7 + task) % cases.count]
                        let bytes = try Vector.named(item.name).bytes
                        if try !item.receives(bytes, cache) { failures.append(item.name) }
                        let sent = try item.sends(cache)
                        if item.isExact, sent != bytes { failures.append(item.name) }
                    }
                    return failures
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(failures == [])
    }

    @Test("sorted maps are the same bytes each time, whatever their keys are")
    func sortsMaps() throws {
        let strings = Dictionary(uniqueKeysWithValues: (0..<50).map { ("k\($0)", $0) })
        let points = Dictionary(
            uniqueKeysWithValues: (0..<50).map { (Point(x: $0), ["\($0)": $0]) }
        )
        let bytes = try encoded(strings, sortsMaps: true)
        let nested = try encoded(points, sortsMaps: true)
        for _ in 0..<20 {
            // A dictionary that was made in another order has another one.
            let copy = Dictionary(uniqueKeysWithValues: strings.shuffled())
            #expect(try encoded(copy, sortsMaps: true) == bytes)
            let pointCopy = Dictionary(uniqueKeysWithValues: points.shuffled())
            #expect(try encoded(pointCopy, sortsMaps: true) == nested)
        }
        #expect(try decoded(bytes) == strings)
        #expect(try decoded(nested) == points)
        let sorted = try encoded(["b": 1, "a": 2, "": 3], sortsMaps: true)
        #expect(sorted.hex.hasSuffix("0300060161040162" + "02"))
    }

    @Test("values are written in pieces that together are the same bytes")
    func pieces() throws {
        let value = ["long": [UInt8](repeating: 7, count: 100_000), "short": [1]]
        var encoder = GobStreamEncoder()
        encoder.sortsMaps = true
        var bytes: [UInt8] = []
        try encoder.encode(value) { piece in bytes += piece.indices.map { piece[$0] } }
        #expect(try bytes == encoded(value, sortsMaps: true))
    }

    @Test("an error on receiving has its offset and path")
    func receivingError() throws {
        let value = ComplexData(c: GobPointer(ComplexData(c: GobPointer(ComplexData(m: ["x": 1])))))
        var bytes = try encoded(value)
        // The value of the key becomes an integer of nine bytes, and is then missing.
        let place = try #require(bytes.lastIndex(of: 0x78)) + 1
        bytes[place] = 0xF7
        let error = errorOf { () throws(GobError) in try decoded(bytes, as: ComplexData.self) }
        let expected = GobError(
            .integerTooLong(byteCount: 9),
            offset: place,
            path: #"C.C.M["x"]"#
        )
        #expect(error == expected)
        #expect(error?.description.hasSuffix(#"in C.C.M["x"] at byte \#(place)"#) == true)
    }

    @Test(
        "an error on sending has its path",
        arguments: [
            (errorOf { () throws(GobError) in try encoded([["a": Point?.none]]) }, #"[0]["a"]"#),
            (errorOf { () throws(GobError) in try encoded([7: [Point?.none]]) }, "[7][0]"),
            (errorOf { () throws(GobError) in try encoded(Holding([true: Int?.none])) }, "H[true]"),
        ]
    )
    func sendingError(_ error: GobError?, _ path: String) {
        #expect(error == GobError(.nilElement, path: path))
    }

    @Test("after a value that cannot be sent the stream is as it was")
    func failureLeavesStream() throws {
        var encoder = GobStreamEncoder()
        #expect(throws: GobError.self) { try encoder.encode([Point?.none]) }
        #expect(
            try encoder.encode([Point?.some(Point(x: 1))]) == encoded([Point?.some(Point(x: 1))])
        )
        #expect(try encoder.encode([Point?.some(Point(x: 1))]).hex == "07ff8200010102" + "00")
    }
}
