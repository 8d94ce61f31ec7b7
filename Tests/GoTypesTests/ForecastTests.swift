import GoTypes
import Gob
import Testing

/// What a Go program makes of a value, foretold, with Go's words; that Go does so is seen in
/// `ForecastDifferentialTests`.
@Suite struct ForecastTests {
    private static let declarations = """
        type A struct { N int; F float64; P *int; S []int; M map[string]A; C *A; V any }
        type Narrow struct { N int8; C *Narrow; M map[string]*Narrow }
        type Small struct { F float32; Extra string }
        type Other struct { X int }
        type Wrong struct { N uint }
        type Point struct { X int }
        """

    private func forecast(
        _ value: GobValue,
        as sent: String = "A",
        to received: String,
    ) throws -> GoForecast {
        var types = GoTypeSet()
        try types.declare(Self.declarations)
        let type = try types.type(sent)
        let (schema, index) = try types.schema(of: type)
        return try GoForecast(
            of: GobDatum(schema: schema, type: index, value: value),
            sentAs: type,
            in: types,
            receivedAs: types.type(received),
            in: types
        )
    }

    /// The fields of an `A`.
    private func structure(
        _ n: Int64 = 0,
        _ f: Double = 0,
        p: GobValue = .zero,
        s: GobValue = .zero,
        m: GobValue = .zero,
        c: GobValue = .zero,
        v: GobValue = .zero,
    ) -> GobValue {
        .structure([.int(n), .float(f), p, s, m, c, v])
    }

    @Test("each field that is not sent is told, with the reason")
    func unsent() throws {
        let inner = structure(1, -0.0)
        let value = structure(p: .int(0), s: .list([]), m: .map([.string("one"), inner]))
        let notes = try forecast(value, to: "A").notes
        let unsent = notes.filter { if case .unsent = $0.kind { true } else { false } }
        #expect(
            unsent.map(\.kind) == [
                .unsent(.zero), .unsent(.pointerToZero), .unsent(.emptySlice), .unsent(.minusZero),
            ]
        )
        #expect(
            unsent.map(\.places) == [
                [
                    "N", "F", #"M["one"].P"#, #"M["one"].S"#, #"M["one"].M"#, #"M["one"].C"#,
                    #"M["one"].V"#, "C",
                ], ["P"], ["S"], [#"M["one"].F"#],
            ]
        )
        #expect(unsent[0].count == 9)
    }

    @Test("fields that only one side has are told, and numbers that lose their last digits")
    func lost() throws {
        let made = try forecast(structure(1, 0.1), to: "Small")
        let notes = made.notes.dropFirst()
        #expect(
            notes.map(\.kind) == [
                .missing(from: "A"), .dropped(by: "main.Small"), .rounded(to: "float32"),
            ]
        )
        #expect(notes.map(\.places) == [["Extra"], ["N"], ["F"]])
        guard case .received(let datum) = made.outcome else {
            Issue.record("\(made.outcome)")
            return
        }
        #expect(datum.value == .structure([.float(Double(Float(0.1))), .string("")]))
    }

    @Test(
        "what is refused is told with Go's words and the place",
        arguments: [
            (
                "Other", "main.Other has none of the received fields",
                "gob: type mismatch: no fields matched compiling decoder for Other"
            ),
            (
                "Wrong", #"the field "N" comes as int, and is uint here"#,
                "gob: wrong type (uint) for received field A.N"
            ),
            (
                "Narrow", #"M["one"].C.N: 300 is out of range for int8"#,
                #"value for "N" out of range"#
            ),
            (
                "int", "A cannot be received as int",
                "gob: decoding into local type *int, received remote type A"
            ),
            (
                "any", "A cannot be received as interface {}",
                "gob: local interface type *interface {} can only be decoded from remote interface "
                    + "type; received concrete type A"
            ),
        ]
    )
    func refused(_ type: String, _ description: String, _ inGo: String) throws {
        let value = structure(1, m: .map([.string("one"), structure(c: structure(300))]))
        guard case .refused(let error) = try forecast(value, to: type).outcome else {
            Issue.record("it is received")
            return
        }
        #expect(error.description == description)
        #expect(error.inGo == inGo)
    }

    @Test("what is in an interface must be registered, but for what Go registers itself")
    func interface() throws {
        func content(_ name: String, _ type: TypeIndex, _ value: GobValue) -> GobValue {
            .interface(GobInterface(name: name, type: type, value: value))
        }
        let plain = try forecast(structure(v: content("int", TypeIndex(.int), .int(1))), to: "A")
        #expect(plain.notes.count == 1)
        let list = content("[]uint8", TypeIndex(.bytes), .bytes([1]))
        #expect(try forecast(structure(v: list), to: "A").notes.count == 1)
        let named = content("main.Level", TypeIndex(.int), .int(1))
        guard case .refused(let error) = try forecast(structure(v: named), to: "A").outcome else {
            Issue.record("it is received")
            return
        }
        #expect(error.inGo == #"gob: name not registered for interface: "main.Level""#)
        #expect(error.path == "V")
    }

    @Test("where Go loses its place, nothing is foretold, and the reason is told")
    func misread() throws {
        let list = GobValue.list([.zero])
        let made = try forecast(
            .structure([list, .int(1)]),
            as: "struct { L []any; X int }",
            to: "Point"
        )
        guard case .unknown(let error) = made.outcome else {
            Issue.record("\(made.outcome)")
            return
        }
        #expect(error.fault == .misread(.nilPassedOver))
        #expect(error.path == "L")
    }

    @Test("a value that gob cannot send has no forecast")
    func unsendable() {
        #expect(throws: GobError.self) { try forecast(.string("x"), to: "A") }
    }
}
