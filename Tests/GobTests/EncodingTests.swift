import Gob
import Testing

/// What is sent and what is left out, and what cannot be sent.
@Suite struct EncodingTests {
    @Test("zero fields are left out; empty maps, arrays and structs are not")
    func omission() throws {
        var schema = GobSchema()
        let map = schema.add(.map(key: TypeIndex(.string), value: TypeIndex(.int)))
        let array = schema.add(.array(element: TypeIndex(.int), count: 2))
        let inner = schema.add(.structure([GobField("X", TypeIndex(.int))]))
        let slice = schema.add(.slice(element: TypeIndex(.int)))
        let outer = schema.add(
            .structure([
                GobField("F", TypeIndex(.float)), GobField("L", slice), GobField("M", map),
                GobField("A", array), GobField("S", inner),
            ])
        )
        let datum = GobDatum(
            schema: schema,
            type: outer,
            value: .structure([
                .float(-0.0), .list([]), .map([]), .list([.int(0), .int(0)]), .structure([.int(0)]),
            ])
        )
        let bytes = try encode(datum)
        // Field 2 with 0 pairs, field 3 with two zeros, field 4 with nothing in it.
        #expect(bytes.hex.hasSuffix("ff800300010200000100" + "00"))
        let decoded = try decodeAll(bytes)[0].value
        #expect(
            decoded
                == .structure([
                    .zero, .zero, .map([]), .list([.int(0), .int(0)]), .structure([.zero]),
                ])
        )
    }

    @Test(
        "a value that is not of its type is refused, with its path",
        arguments: [
            (
                GobValue.structure([.string("x"), .zero, .zero, .zero, .zero]), "N", Kind.int,
                "string"
            ),
            (
                .structure([.zero, .zero, .map([.string("k"), .bool(true)]), .zero, .zero]),
                #"M["k"]"#, .int, "bool"
            ),
            (.structure([.zero, .zero, .zero, .zero, .list([])]), "C", .structure, "list"),
        ]
    )
    func wrongKind(_ value: GobValue, _ path: String, _ expected: Kind, _ found: String) {
        let error = GobError(.wrongKind(found: found, expected: expected), path: path)
        #expect(throws: error) { try encode(Article.datum(value)) }
    }

    @Test(
        "an interface's name must be one that can be read",
        arguments: ["", String(repeating: "n", count: 1_025)]
    )
    func interfaceName(_ name: String) {
        let content = GobInterface(name: name, type: TypeIndex(.int), value: .int(1))
        let datum = GobDatum(
            schema: GobSchema(),
            type: TypeIndex(.interface),
            value: .interface(content)
        )
        #expect(throws: GobError(.interfaceName(name))) { try encode(datum) }
    }

    @Test("a struct of too many values or a map without a value is refused")
    func incomplete() {
        let values = [GobValue](repeating: .zero, count: 6)
        #expect(throws: GobError(.fieldCount(found: 6, expected: 5))) {
            try encode(Article.datum(.structure(values)))
        }
        let map = Article.datum(.structure([.zero, .zero, .map([.string("k")]), .zero, .zero]))
        #expect(throws: GobError(.unpairedMap, path: "M")) { try encode(map) }
    }

    @Test("the text of a value of any depth is one short row")
    func text() throws {
        #expect(
            "\(Article.datum(.structure([.int(1), .string("x"), .map([.string("k"), .int(2)]), .zero, .zero])).value)"
                == #"{1 "x" map["k" 2] zero zero}"#
        )
        let deep = "\(Article.chain(length: 10_000).value)"
        #expect(deep.hasPrefix("{zero zero zero zero {zero"))
        #expect(deep.count < 20_000)
    }

    @Test("after a value that fails, the stream is as it was")
    func failureLeavesStream() throws {
        var encoder = GobStreamEncoder()
        let good = Article.datum(.structure([.int(1), .zero, .zero, .zero, .zero]))
        #expect(throws: GobError.self) { try encoder.encode(Article.datum(.int(1))) }
        let first = try encoder.encode(good)
        #expect(try first == encode(good))
        let second = try encoder.encode(good)
        #expect(second.hex == "05ff80010200")
    }

    @Test("a type that was sent as a part, or with another schema, is not sent again")
    func sendsTypesOnce() throws {
        let stream = try decodeAll(Vector.named("stream/inner-first").bytes)
        var encoder = GobStreamEncoder()
        _ = try encoder.encode(stream[0])
        // The same type in a schema of its own, made by hand.
        var schema = GobSchema()
        let point = schema.add(
            .structure([GobField("X", TypeIndex(.int)), GobField("Y", TypeIndex(.int))]),
            name: stream[1].schema.name(of: stream[1].type)
        )
        let datum = GobDatum(schema: schema, type: point, value: .structure([.int(3), .int(4)]))
        #expect(try encoder.encode(datum).hex == "07ff8001060108" + "00")
    }

    @Test("a nil interface cannot be sent on its own")
    func nilInterface() {
        let datum = GobDatum(schema: GobSchema(), type: TypeIndex(.interface), value: .zero)
        #expect(throws: GobError(.nothingToSend)) { try encode(datum) }
    }

    @Test("an error has offset and path")
    func errorPlace() throws {
        var bytes = try Vector.named("recursive/article").bytes
        // The length of the last key in C.M becomes one that no integer has.
        let place = try #require(bytes.lastIndex(of: 0x31)) - 2
        bytes[place] = 0xF7
        let error = try #require(decodeUntilError(bytes).error)
        #expect(error.fault == .integerTooLong(byteCount: 9))
        #expect(error.offset == place)
        #expect(error.path == "C.M")
        #expect(error.description.hasSuffix("in C.M at byte \(place)"))
    }
}
