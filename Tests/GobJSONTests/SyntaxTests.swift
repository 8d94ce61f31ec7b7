import GobJSON
import Testing

/// Documents that are no JSON, and the places where they are not.
@Suite struct SyntaxTests {
    @Test(
        "the first place that is wrong is named",
        arguments: [
            ("", 1, 1, "the document ends where a value is needed"),
            ("  \n ", 2, 2, "the document ends where a value is needed"),
            ("{\n  \"N\": x\n}", 2, 8, "a value is needed here"),
            (#"{"N": 1"#, 1, 8, #"the document ends where "," or "}" is needed"#),
            (#"{"N": 1,}"#, 1, 9, "a name in quotes is needed here"),
            ("[1,]", 1, 4, "a value is needed here"),
            ("[1 2]", 1, 4, #""," or "]" is needed here"#),
            ("[1}", 1, 3, #""," or "]" is needed here"#),
            (#"{"é漢" 1}"#, 1, 7, #"":" is needed here"#),
            ("{N: 1}", 1, 2, "a name in quotes is needed here"),
            ("1 2", 1, 3, "nothing may follow the document"),
            ("[1]]", 1, 4, "nothing may follow the document"),
            ("nul", 1, 1, "a value is needed here"),
            ("01", 1, 1, "a number may not begin with 0"),
            ("-", 1, 2, "a digit is needed here"),
            ("1.", 1, 3, "a digit is needed here"),
            ("1e+", 1, 4, "a digit is needed here"),
            (#"["a"#, 1, 2, "this string is not ended"),
            (#""\q""#, 1, 2, "an escape that JSON has not"),
            (#""\u12g4""#, 1, 2, #""\u" needs four hexadecimal digits"#),
            ("\"\n\"", 1, 2, "a control character must be written as an escape"),
            (String(repeating: "[", count: 513), 1, 513, "it is nested deeper than 512 levels"),
        ]
    )
    func refuses(_ document: String, _ line: Int, _ column: Int, _ reason: String) {
        let error = GobJSONError(.notJSON(line: line, column: column, reason))
        #expect(throws: error) { try JSONValue(parsing: Array(document.utf8)) }
    }

    @Test("a string that is not UTF-8 is refused where it begins")
    func invalidUTF8() {
        let error = GobJSONError(.notJSON(line: 1, column: 2, "this string is not UTF-8"))
        #expect(throws: error) { try JSONValue(parsing: Array("[\"".utf8) + [0xFF, 0x22, 0x5D]) }
    }

    @Test(
        "what is JSON is read, with nothing lost",
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("[false]", .array([.bool(false)])),
            ("[]", .array([])), ("{}", .object([])),
            ("[[],{}]", .array([.array([]), .object([])])),
            ("-9223372036854775808", .number("-9223372036854775808")),
            ("1.50e3", .number("1.50e3")), ("-0", .number("-0")),
            (#""\u00e9\n\"\/\b\f\r\t\\""#, .string("é\n\"/\u{8}\u{C}\r\t\\")),
            (#""\ud83d\ude00 \ud83d \ude00""#, .string("😀 \u{FFFD} \u{FFFD}")),
            ("\u{FEFF}1", .number("1")),
            (
                #"{"b":{"b":[1,{"c":null}]},"a":2,"b":3}"#,
                .object([
                    .init(
                        "b",
                        .object([
                            .init("b", .array([.number("1"), .object([.init("c", .null)])]))
                        ])
                    ), .init("a", .number("2")), .init("b", .number("3")),
                ])
            ),
        ] as [(String, JSONValue)]
    )
    func reads(_ document: String, _ value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(document.utf8)) == value)
    }

    @Test("512 levels are read")
    func deepest() throws {
        let document = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        var value = try JSONValue(parsing: Array(document.utf8))
        var depth = 0
        while case .array(let elements) = value {
            depth += 1
            value = elements.first ?? .null
        }
        #expect(depth == 512)
    }

    @Test("documents come one after the other, each with its line")
    func documents() throws {
        var documents = JSONDocuments(Array("\u{FEFF}{\"N\":1}\n[\n2]\n\n 3 \"x\"\n".utf8))
        var found: [(Int, JSONValue)] = []
        while let value = try documents.next() { found.append((documents.line, value)) }
        #expect(found.map(\.0) == [1, 2, 5, 5])
        #expect(found.last?.1 == .string("x"))
        #expect(documents.isAtEnd)
        var broken = JSONDocuments(Array("{}\n{} ]".utf8))
        _ = try broken.next()
        _ = try broken.next()
        #expect(throws: GobJSONError(.notJSON(line: 2, column: 4, "a value is needed here"))) {
            try broken.next()
        }
    }
}
