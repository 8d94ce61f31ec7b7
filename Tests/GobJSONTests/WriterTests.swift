import Gob
import GobJSON
import Testing

/// Gob values into JSON, as Go's `json.Marshal` writes them.
@Suite struct WriterTests {
    @Test(
        "a float is written as Go writes it",
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1.5, "-1.5"), (100, "100"), (0.1, "0.1"),
            (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.25e-7, "1.25e-7"),
            (1e-6, "0.000001"), (123_456.789, "123456.789"), (.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (.nan, "\"NaN\""), (.infinity, "\"+Inf\""), (-.infinity, "\"-Inf\""),
        ] as [(Double, String)]
    )
    func floats(_ number: Double, _ expected: String) {
        #expect(text(.float(number), .float) == expected)
    }

    @Test(
        "a string is quoted as Go quotes it",
        arguments: [
            ("plain", #""plain""#), ("\"\\\n\r\t", #""\"\\\n\r\t""#),
            ("\u{0}\u{1F}", #""\u0000\u001f""#),
            ("<&>", #""\u003c\u0026\u003e""#), ("é漢😀", "\"é漢😀\""),
        ]
    )
    func strings(_ string: String, _ expected: String) {
        #expect(text(.string(string), .string) == expected)
    }

    @Test("bytes that are no UTF-8 are replaced in a string, as in Go")
    func invalidString() {
        #expect(text(.invalidString([0x41, 0xFF]), .string) == "\"A\u{FFFD}\"")
    }

    @Test("ten thousand structs in one another are written")
    func deep() {
        var schema = GobSchema()
        let node = schema.reserve()
        schema.define(node, as: .structure([GobField("C", node)]))
        var value = GobValue.structure([.zero])
        for _ in 1..<10_000 { value = .structure([value]) }
        let json = GobJSONWriter.text(of: GobDatum(schema: schema, type: node, value: value))
        #expect(json.utf8.count == 10_000 * #"{"C":}"#.utf8.count + "null".utf8.count)
    }

    private func text(_ value: GobValue, _ kind: Kind) -> String {
        GobJSONWriter.text(of: GobDatum(schema: GobSchema(), type: TypeIndex(kind), value: value))
    }
}
