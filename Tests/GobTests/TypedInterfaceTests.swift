import Gob
import Testing

/// Interfaces in Swift structs, whose definitions may cut a message.
@Suite struct TypedInterfaceTests {
    struct Wide: GobStructure {
        var before = 1
        var value: GobAny?
        var after = 0
        static let gobFields: [Field] = [
            Field("Before", \.before), Field("Value", \.value), Field("After", \.after),
        ]
    }

    /// The same without the interface.
    struct Narrow: GobStructure, Equatable {
        var before = 0
        var after = 0
        static let gobFields: [Field] = [Field("Before", \.before), Field("After", \.after)]
    }

    @Test("a value goes on behind the definition that cut its message")
    func goesOn() throws {
        let bytes = try encoded(Wide(value: any("main.point", Point(x: 1, y: 2)), after: 3))
        #expect(try messages(of: bytes).count == 3)
        for wide in [
            try decoded(bytes, as: Wide.self), try decodeByMessage(bytes, as: Wide.self)[0],
        ] {
            #expect(wide.before == 1)
            #expect(wide.value?.name == "main.point")
            #expect(try wide.value?.value(as: Point.self) == Point(x: 1, y: 2))
            #expect(wide.after == 3)
        }
    }

    @Test("what is inside and not wanted is passed over, and its types are learned")
    func learns() throws {
        // A receiver in Go loses them (golang/go#34879).
        var encoder = GobStreamEncoder()
        let inner = Nested(value: any("main.point", Point(x: 1)))
        let bytes =
            try encoder.encode(Wide(value: any("main.nested", inner), after: 3))
            + encoder.encode(Point(x: 8, y: 9))
        for cache in [nil, GobTypeCache()] {
            for _ in 0..<2 {
                var decoder = cache.map { GobStreamDecoder(cache: $0) } ?? GobStreamDecoder()
                var position = 0
                let narrow = try decoder.next(Narrow.self, in: bytes, at: &position)
                #expect(narrow == Narrow(before: 1, after: 3))
                let point = try decoder.next(Point.self, in: bytes, at: &position)
                #expect(point == Point(x: 8, y: 9))
            }
        }
        var decoder = GobStreamDecoder()
        var points: [Point] = []
        var isFirst = true
        for message in try messages(of: bytes) {
            if isFirst {
                isFirst = try decoder.receive(message, as: Narrow.self) == nil
            } else if let point = try decoder.receive(message, as: Point.self) {
                points.append(point)
            }
        }
        #expect(points == [Point(x: 8, y: 9)])
    }

    @Test("there may be more elements than bytes before the message is cut")
    func manyElements() throws {
        let list = [GobAny?](repeating: any("main.empty", Empty()), count: 100)
        let bytes = try encoded(list)
        #expect(try decodeAll(bytes).count == 1)
        #expect(try decoded(bytes, as: [GobAny?].self).count == 100)
        #expect(try decodeByMessage(bytes, as: [GobAny?].self)[0].count == 100)
        // The interface need not be the element itself.
        let fields = [AnyField](repeating: AnyField(v: list[0]), count: 100)
        #expect(try decoded(encoded(fields), as: [AnyField].self).count == 100)
        let map = Dictionary(uniqueKeysWithValues: (0..<100).map { ($0, list[0]) })
        let decodedMap = try decoded(encoded(map), as: [Int: GobAny?].self)
        #expect(decodedMap.keys.sorted() == Array(0..<100))
    }

    @Test("an error behind a cut has its place, and the stream goes on behind the value")
    func errorBehindCut() throws {
        var encoder = GobStreamEncoder()
        let first = try encoder.encode(Wide(value: any("main.point", Point(x: 1)), after: 3))
        let second = try encoder.encode(Point(y: 5))
        var damaged = first
        // The point's first field gets a number that it has not.
        let place = try #require(first.lastIndex(of: 0x06)) - 4
        damaged[place] = 9
        var decoder = GobStreamDecoder()
        var position = 0
        let error = errorOf { () throws(GobError) in
            try decoder.next(Wide.self, in: damaged + second, at: &position)
        }
        #expect(error?.fault == .fieldOutOfRange(field: 8, count: 2))
        #expect(error?.path == "Value")
        #expect(error?.offset == place + 1)
        #expect(position == first.count)
        #expect(try decoder.next(Point.self, in: damaged + second, at: &position) == Point(y: 5))
    }

    @Test("an interface at the top holds a value under its name")
    func top() throws {
        let bytes = try encoded(any("int", 7))
        #expect(bytes.hex == "0a1000" + "03696e74" + "04" + "02" + "000e")
        let value = try #require(try decoded(bytes, as: GobAny?.self))
        #expect(value.name == "int")
        #expect(try value.value(as: Int.self) == 7)
        #expect(throws: GobError.self) { try value.value(as: String.self) }
    }

    @Test("a name that cannot be sent is refused, with its place")
    func names() {
        for name in ["", String(repeating: "n", count: 1_025)] {
            let error = errorOf { () throws(GobError) in
                try encoded(AnyField(v: GobAny(name: name, GobDatum(1))))
            }
            #expect(error == GobError(.interfaceName(name), path: "V"))
        }
    }

    @Test("an interface may hold an opaque value, a list, a map, an array")
    func kinds() throws {
        let time = GoTime(seconds: GoTime.unixEpoch, nanoseconds: 5)
        #expect(try roundTrip(time) == time)
        #expect(try roundTrip(["a": [1, 2]]) == ["a": [1, 2]])
        #expect(try roundTrip([[UInt8]]([[1], []])) == [[1], []])
        let array: InlineArray<2, Point> = try roundTrip([Point(x: 1), Point(y: 2)])
        #expect(array[1] == Point(y: 2))
    }

    private func roundTrip<Value: GobTyped>(_ value: Value) throws -> Value {
        let sent = AnyField(v: any("main.T", value))
        let content = try #require(try decoded(encoded(sent), as: AnyField.self).v)
        return try content.value(as: Value.self)
    }
}
