import Shell
import Testing

/// Lines into words and text.
@Suite struct WordsTests {
    @Test(
        "a line is split into words",
        arguments: [
            ("a b  c", ["a", "b", "c"]),
            ("  a\tb  ", ["a", "b"]),
            (#""a b" 'c d' e"f"'g'"#, ["a b", "c d", "efg"]),
            (#""\x41\u00e9\U0001F600\101\n\"\\" '\n'"#, ["Aé😀A\n\"\\", #"\n"#]),
            ("a # b", ["a"]),
            ("a#b #c", ["a#b"]),
            ("#a", []),
            ("", []),
            (#""""#, [""]),
        ]
    )
    func splits(_ line: String, _ expected: [String]) throws {
        var words = Words(line: Array(line.utf8))
        var found: [String] = []
        while let word = try words.next() { found.append(word) }
        #expect(found == expected)
    }

    @Test(
        "what is left is text as it was typed, or the one literal that it is",
        arguments: [
            ("h hello  world ", "hello  world "),
            ("h don't # worry", "don't # worry"),
            (#"h "a\tb""#, "a\tb"),
            (#"h 'a\tb'  "#, #"a\tb"#),
            (#"h "a" "b""#, #""a" "b""#),
            (#"h "a"b"#, #""a"b"#),
            (#"h "unfinished"#, #""unfinished"#),
            (#"h "bad \q""#, #""bad \q""#),
            (#"h """#, ""),
            ("h", nil),
            ("h   ", nil),
        ] as [(String, String?)]
    )
    func text(_ line: String, _ expected: String?) throws {
        var words = Words(line: Array(line.utf8))
        #expect(try words.next() == "h")
        #expect(try words.text() == expected.map { Array($0.utf8) })
    }

    @Test("text keeps bytes that are no UTF-8, and a literal makes them")
    func invalidUTF8() throws {
        var words = Words(line: [0x68, 0x20, 0xFF, 0xFE])
        _ = try words.next()
        #expect(try words.text() == [0xFF, 0xFE])
        words = Words(line: Array(#"h "\xff\376""#.utf8))
        _ = try words.next()
        #expect(try words.text() == [0xFF, 0xFE])
    }

    @Test(
        "a line that cannot be split says where",
        arguments: [
            (#"a "b"#, WordError.unterminated(column: 3)),
            ("a 'b", .unterminated(column: 3)),
            (#""\q""#, .badEscape(column: 2)),
            (#""\ud800""#, .badEscape(column: 2)),
            (#""\x4""#, .badEscape(column: 2)),
            (#""\400""#, .badEscape(column: 2)),
            (#""\xff""#, .notUTF8),
        ]
    )
    func refuses(_ line: String, _ error: WordError) {
        #expect(throws: error) {
            var words = Words(line: Array(line.utf8))
            while try words.next() != nil {}
        }
    }

    @Test("arguments of a process are words as they are")
    func processArguments() throws {
        var words = Words(words: ["send", "a b", "#c", "\"d", "e"])
        #expect(try words.next() == "send")
        #expect(try words.next() == "a b")
        #expect(try words.text() == Array("#c \"d e".utf8))
        #expect(try words.next() == nil)
    }
}
