import Gob
import Shell
import Testing

/// Structs as indented JSON, where `format` is `json`.
@Suite(.timeLimit(.minutes(5))) struct JSONFormatTests {
    @Test("the article's struct is shown as JSON, short values in one row")
    func article() async throws {
        try await Peer.with { peer in
            try await peer.run("set format json")
            try await withFile(CommandTests.article) {
                try await peer.run("send struct \(peer.host) \($0)")
            }
            let rows = try await peer.transcript.wait(for: 2)[0].split(separator: "\n").dropFirst()
            #expect(
                rows.joined(separator: "\n") == """
                      | {
                      |     "N": 23,
                      |     "S": "string data",
                      |     "M": {"one": 1, "three": 3, "two": 2},
                      |     "P": "YWJj",
                      |     "C": {"N": 256, "S": "", "M": {"01": 1}, "P": null, "C": null}
                      | }
                    """
            )
        }
    }

    @Test("a list, an empty value and one that has only a string are one row each")
    func short() async throws {
        var schema = GobSchema()
        let list = schema.add(.slice(element: TypeIndex(.int)))
        let empty = schema.add(.structure([]), name: "Empty")
        let values: [(GobValue, TypeIndex, String)] = [
            (.list([.int(1), .int(2)]), list, "[1, 2]"),
            (.string(#"a, "b": {"#), TypeIndex(.string), #""a, \"b\": {""#),
            (.structure([]), empty, "{}"), (.zero, list, "null"),
        ]
        for (value, type, shown) in values {
            let rows = try await rows(GobDatum(schema: schema, type: type, value: value))
            #expect(rows == ["  | " + shown])
        }
    }

    @Test(
        "on a screen what is long is cut, in rows and inside a string, and not inside a character"
    )
    func cut() async throws {
        var schema = GobSchema()
        let list = schema.add(.slice(element: TypeIndex(.int)))
        let many = GobValue.list(.init(repeating: .int(1_234_567), count: 100_000))
        let long = try await rows(GobDatum(schema: schema, type: list, value: many), columns: 80)
        #expect(long.count == 25)
        #expect(long.prefix(3) == ["  | [", "  |     1234567,", "  |     1234567,"])
        #expect(long[24].hasSuffix("\"show 1\" shows the rest"))

        let text = GobValue.string("x" + String(repeating: "é\u{1}", count: 2_000))
        let datum = GobDatum(schema: schema, type: TypeIndex(.string), value: text)
        let shown = try await rows(datum, columns: 80).joined().replacing("  | ", with: "")
        // 2,000 bytes are 1, and 249 times 8; the next é still fits, its neighbour does not.
        let whole = "\"x" + String(repeating: #"é\u0001"#, count: 249) + "é\"… /* 16001 bytes */"
        #expect(shown == whole)
    }

    @Test("a chain of 10,000 structs is shown, cut on a screen and whole in a pipe")
    func deep() async throws {
        var schema = GobSchema()
        let node = schema.reserve()
        schema.define(
            node,
            as: .structure([GobField("V", TypeIndex(.int)), GobField("C", node)]),
            name: "list"
        )
        var value = GobValue.structure([.int(1), .zero])
        for _ in 1..<10_000 { value = .structure([.int(1), value]) }
        let datum = GobDatum(schema: schema, type: node, value: value)
        #expect(try await rows(datum, columns: 80).count == 25)
        let all = try await rows(datum)
        #expect(all.count > 29_900)
        #expect(all.last == "  | }")
    }

    /// What is shown of a value received, without the head.
    private func rows(_ datum: GobDatum, columns: Int? = nil) async throws -> [String] {
        try await Peer.with(columns: columns) { peer in
            try await peer.run("set format json")
            var encoder = GobStreamEncoder()
            try await send(encoder.encode(datum), as: "GOB", to: peer)
            let block = try await peer.transcript.wait(for: 1)[0]
            return block.split(separator: "\n").dropFirst().map { String($0) }
        }
    }
}
