import Gob
import Testing

/// How a sender's types and values go into Swift ones that are not quite the same.
@Suite struct TypedMatchingTests {
    struct Sent: GobStructure {
        var a = 1
        var b = "b"
        var extra: [String: [Point]] = ["x": [Point(x: 1)]]
        var c = Point(x: 2, y: 3)
        static let gobName = "T"
        static let gobFields: [Field] = [
            Field("A", \.a), Field("B", \.b), Field("Extra", \.extra), Field("C", \.c),
        ]
    }

    struct Received: GobStructure, Equatable {
        var missing = 7
        var c = Point()
        var a: Int64 = 0
        static let gobName = "Other"
        static let gobFields: [Field] = [
            Field("Missing", \.missing), Field("C", \.c), Field("A", \.a),
        ]
    }

    @Test("fields match by name, in any order; others are passed over or left alone")
    func matches() throws {
        let value = try decoded(encoded(Sent()), as: Received.self)
        #expect(value == Received(missing: 7, c: Point(x: 2, y: 3), a: 1))
    }

    @Test("pointers of any depth are the same on the wire")
    func pointers() throws {
        let bytes = try encoded(Point(x: 1, y: 2))
        #expect(try encoded(Point?.some(Point(x: 1, y: 2))) == bytes)
        #expect(try encoded(GobPointer(GobPointer(Point(x: 1, y: 2)))) == bytes)
        #expect(try decoded(bytes, as: Point???.self) == Point(x: 1, y: 2))
        #expect(try decoded(bytes, as: GobPointer<Point?>.self).pointee == Point(x: 1, y: 2))
    }

    @Test("a pointer to a zero scalar is left out and comes as nil; one to a struct is sent")
    func pointersToZero() throws {
        let sent = Pointers(i: 0, ii: .some(nil), s: "", p: Point(), pp: .some(nil), b: [])
        #expect(try decoded(encoded(sent)) == Pointers(p: Point()))
        #expect(try encoded(sent) == encoded(Pointers(p: Point())))
    }

    @Test("a map that is nil is left out, an empty one is not, and a dictionary is never nil")
    func nilMaps() throws {
        #expect(try decoded(encoded(ComplexData()), as: ComplexData.self).m == nil)
        #expect(try decoded(encoded(ComplexData(m: [:])), as: ComplexData.self).m == [:])
        let dictionary = try encoded(Holding([String: Int]()))
        #expect(try decoded(dictionary, as: Holding<[String: Int]?>.self).content == [:])
        // In a list or at the top a nil map is an empty one.
        #expect(try encoded([nil, ["a": 1]] as [[String: Int]?]) == encoded([[:], ["a": 1]]))
        #expect(try encoded([String: Int]?.none) == encoded([String: Int]()))
    }

    @Test("nothing cannot be sent where a value must be")
    func nilElements() {
        #expect(
            errorOf { () throws(GobError) in try encoded([1, nil]) }
                == GobError(.nilElement, path: "[1]")
        )
        #expect(
            errorOf { () throws(GobError) in try encoded(["k": Point?.none]) }
                == GobError(.nilElement, path: #"["k"]"#)
        )
        let array: InlineArray<2, GobPointer<Int>> = [GobPointer(1), GobPointer()]
        #expect(
            errorOf { () throws(GobError) in try encoded(Holding(array)) }
                == GobError(.nilElement, path: "H[1]")
        )
        #expect(
            errorOf { () throws(GobError) in try encoded(Point?.none) } == GobError(.nilElement)
        )
        #expect(
            errorOf { () throws(GobError) in try encoded(GobAny?.none) }
                == GobError(.nothingToSend)
        )
    }

    @Test("a value is read into what is there, as in Go")
    func merges() throws {
        var value = ComplexData(
            n: 1,
            s: "old",
            m: ["a": 1, "b": 2],
            c: GobPointer(ComplexData(n: 5))
        )
        let bytes = try encoded(
            ComplexData(n: 9, m: ["b": 3, "c": 4], c: GobPointer(ComplexData(s: "new")))
        )
        var decoder = GobStreamDecoder()
        var position = 0
        #expect(try decoder.next(into: &value, in: bytes, at: &position))
        #expect(
            value
                == ComplexData(
                    n: 9,
                    s: "old",
                    m: ["a": 1, "b": 3, "c": 4],
                    c: GobPointer(ComplexData(n: 5, s: "new"))
                )
        )
        #expect(try !decoder.next(into: &value, in: bytes, at: &position))
        #expect(value.n == 9)
    }

    @Test("an optional that is there is read into, and a copy of it is not changed")
    func mergesOptionals() throws {
        var value = Pointers(p: Point(x: 1, y: 2), pp: Point(x: 3, y: 4))
        let copy = value
        var decoder = GobStreamDecoder()
        var position = 0
        let bytes = try encoded(Pointers(p: Point(x: 9), pp: Point(y: 9)))
        _ = try decoder.next(into: &value, in: bytes, at: &position)
        #expect(value.p == Point(x: 9, y: 2))
        #expect(value.pp == Point(x: 3, y: 9))
        #expect(copy.p == Point(x: 1, y: 2))
    }

    @Test("a list replaces the one that was there")
    func replacesLists() throws {
        var value = [Point(x: 1, y: 1), Point(x: 2, y: 2)]
        var decoder = GobStreamDecoder()
        var position = 0
        _ = try decoder.next(into: &value, in: encoded([Point(x: 5)]), at: &position)
        #expect(value == [Point(x: 5)])
    }

    @Test("a struct without fields takes every struct, and every struct takes it")
    func emptyStructs() throws {
        #expect(try encoded(Empty()).hex == "107f0301010" + "5456d70747901ff80000000" + "03ff8000")
        #expect(try decoded(encoded(Point(x: 1)), as: Empty.self) == Empty())
        #expect(try decoded(encoded(Empty()), as: Point.self) == Point())
        #expect(try decoded(encoded([Empty(), Empty()]), as: [Empty].self).count == 2)
        #expect(try decoded(encoded([Empty(): Empty()])) == [Empty(): Empty()])
    }
}

/// Types that do not go together are refused, as Go refuses them.
@Suite struct TypedRefusalTests {
    /// A value, and a type that it does not go into.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: GobError.Fault
        let decode: @Sendable () throws(GobError) -> Void
        let decodeField: @Sendable () throws(GobError) -> Void

        init<Value: GobTyped & Sendable, Wanted: GobTyped & Sendable>(
            _ value: Value,
            _ wanted: Wanted.Type,
            _ fault: GobError.Fault,
        ) {
            testDescription = "\(Value.self) into \(wanted)"
            self.fault = fault
            decode = { () throws(GobError) in _ = try decoded(encoded(value), as: wanted) }
            decodeField = { () throws(GobError) in
                _ = try decoded(encoded(Holding<Value>()), as: Holding<Wanted>.self)
            }
        }

        init<Value: GobTyped & Sendable, Wanted: GobTyped & Sendable>(
            _ value: Value,
            _ wanted: Wanted.Type,
            found: String,
            expected: String,
        ) {
            self.init(value, wanted, .incompatible(found: found, expected: expected))
        }
    }

    private static let refusals = [
        Refusal(1, UInt.self, found: "int", expected: "uint"),
        Refusal(1 as UInt8, Int.self, found: "uint", expected: "int"),
        Refusal(1, Double.self, found: "int", expected: "float64"),
        Refusal(1.0, Int.self, found: "float64", expected: "int"),
        Refusal(true, Int.self, found: "bool", expected: "int"),
        Refusal("s", [UInt8].self, found: "string", expected: "[]byte"),
        Refusal([1, 2] as [UInt8], String.self, found: "[]byte", expected: "string"),
        Refusal([1] as [UInt8], [Int8].self, found: "[]byte", expected: "[]int"),
        Refusal([1], InlineArray<1, Int>.self, found: "[]int", expected: "[1]int"),
        Refusal([1] as InlineArray<1, Int>, [Int].self, found: "[1]int", expected: "[]int"),
        Refusal([1], Int.self, found: "[]int", expected: "int"),
        Refusal(GobComplex<Double>(), Double.self, found: "complex128", expected: "float64"),
        Refusal(
            ["k": 1],
            [[String: Int]].self,
            found: "map[string]int",
            expected: "[]map[string]int"
        ),
        Refusal(Point(), Int.self, found: "point", expected: "int"),
        Refusal(1, Point.self, found: "int", expected: "point"),
        Refusal(Gobbed(), Point.self, found: "gobbed", expected: "point"),
        Refusal(Point(), Gobbed.self, found: "point", expected: "gobbed"),
        Refusal(Gobbed(), BinMarsh.self, found: "gobbed", expected: "binMarsh"),
        Refusal(1, GobAny?.self, found: "int", expected: "any"),
        Refusal(
            [1, 2] as InlineArray<2, Int>,
            InlineArray<3, Int>.self,
            .arrayLength(found: 2, expected: 3)
        ),
        Refusal(Point(), Base.self, .noCommonField(found: "point", expected: "Base")),
    ]

    @Test("a type of another kind is refused", arguments: refusals)
    func refuses(_ item: Refusal) {
        #expect(errorOf(item.decode)?.fault == item.fault)
    }

    @Test("so is a field's, even where the value does not have it", arguments: refusals)
    func refusesFields(_ item: Refusal) {
        let error = errorOf(item.decodeField)
        switch (error?.fault, item.fault) {
        case (.incompatible, .incompatible), (.arrayLength, .arrayLength), (.noCommonField, _):
            break
        default: Issue.record("\(String(describing: error))")
        }
        #expect(error?.path == "H")
    }

    @Test("the place of types that do not go together is found in lists and maps")
    func paths() throws {
        let error = errorOf { () throws(GobError) in
            try decoded(encoded([["k": Point()]]), as: [[String: Base]].self)
        }
        #expect(error?.fault == .noCommonField(found: "struct", expected: "main.Base"))
        #expect(error?.offset != nil)
        let bytes = try encoded(Holding(Holding(1)))
        let inner = errorOf { () throws(GobError) in
            try decoded(bytes, as: Holding<Holding<String>>.self)
        }
        #expect(inner?.path == "H.H")
    }

    @Test("bytes that an opaque type does not understand are an error, with its place")
    func opaque() throws {
        var bytes = try encoded(Holder(g: Gobbed(n: 42)))
        bytes[bytes.count - 3] = 0x78
        let error = errorOf { () throws(GobError) in try decoded(bytes, as: Holder.self) }
        #expect(error?.fault == .malformedOpaque(type: "gobbed"))
        #expect(error?.path == "G")
    }

    @Test("after types that do not go together the stream goes on")
    func goesOn() throws {
        var encoder = GobStreamEncoder()
        let bytes =
            try encoder.encode(Point(x: 1)) + encoder.encode("s") + encoder.encode(Point(y: 2))
        var decoder = GobStreamDecoder()
        var position = 0
        #expect(throws: GobError.self) { try decoder.next(Base.self, in: bytes, at: &position) }
        #expect(throws: GobError.self) { try decoder.next(Int.self, in: bytes, at: &position) }
        #expect(try decoder.next(Point.self, in: bytes, at: &position) == Point(y: 2))
        #expect(try decoder.next(Point.self, in: bytes, at: &position) == nil)
    }
}
