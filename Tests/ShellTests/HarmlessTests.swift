import Gob
import Net
import Shell
import Testing

/// What a peer sends can neither drive a terminal nor pass for something else.
@Suite(.timeLimit(.minutes(5))) struct HarmlessTests {
    @Test(
        "every kind of harm is shown as an escape, in a text and in JSON",
        arguments: [
            (Escaped.lineEnd, #"\n\r\t"#, #"\n\r\t"#), (.control, #"\x1b"#, #"\u001b"#),
            (.secondControl, #"\u009b"#, #"\u009b"#), (.direction, #"\u202e"#, #"\u202e"#),
            (.separator, #"\u2028"#, #"\u2028"#), (.invisible, #"\U000e0041"#, #"\udb40\udc41"#),
            (.privateUse, #"\ue000"#, #"\ue000"#), (.unassigned, #"\u0378"#, #"\u0378"#),
            (.mark, #"\u0301"#, #"\u0301"#), (.invalid, #"\xff"#, "\u{FFFD}"),
        ]
    )
    func table(_ kind: Escaped, _ text: String, _ json: String) {
        #expect(kind.shown == text)
        #expect(kind.shownInJSON == json)
    }

    @Test("the table has every kind", arguments: Escaped.allCases)
    func kinds(_ kind: Escaped) {
        // What is shown is plain, but for the character that JSON has for bytes that are none.
        #expect(kind.shown.utf8.allSatisfy { 0x20...0x7E ~= $0 })
        #expect(kind.shown.hasPrefix("\\"))
        #expect(kind.shownInJSON == "\u{FFFD}" || kind.shownInJSON.hasPrefix("\\"))
    }

    @Test("of all characters only those are shown that are seen, and take a place of their own")
    func allCharacters() async throws {
        try await Peer.with { peer in
            for plane in UInt32(0)...16 {
                // All of the scripts of Europe and India, and some of the others, each behind what
                // carries it.
                let values = (plane << 16..<(plane + 1) << 16).filter {
                    $0 < 0x3000 || $0 % 29 == 0
                }
                let scalars = values.compactMap { Unicode.Scalar($0) }.filter { $0 != "\n" }
                var text = String.UnicodeScalarView()
                for scalar in scalars { text += ["a", scalar] }
                let shown = try await received(Array(String(text).utf8), peer)
                let hidden = shown.unicodeScalars.filter { !isSeen($0) }
                #expect(hidden.allSatisfy { $0 == "\u{200C}" || $0 == "\u{200D}" })
            }
        }
    }

    @Test(
        "scripts and pictures stay what they are",
        arguments: [
            "déjà vu, naïve — “quotes” …", "漢字 カナ 한국어", "नमस्ते ภาษาไทย", "می‌خواهم العربية עִבְרִית",
            "👨‍👩‍👧 🇩🇪 ❤️ 👍🏽 1️⃣", "a\u{300}\u{301}\u{302}", "1 000 €", "→ ∑ ½ 🀄",
        ]
    )
    func scripts(_ text: String) async throws {
        try await Peer.with { peer in
            let shown = try await received(Array(text.utf8), peer)
            #expect(Array(shown.unicodeScalars) == Array(text.unicodeScalars))
        }
    }

    @Test("a character carries eight marks, and what is ours none")
    func marks() async throws {
        let mark = "\u{336}"
        let eight = String(repeating: mark, count: 8)
        try await Peer.with { peer in
            let shown = try await received(Array(("a" + eight + mark + mark).utf8), peer)
            #expect(shown == "a" + eight + #"\u0336\u0336"#)
            #expect(try await received(Array((mark + "a").utf8), peer) == #"\u0336a"#)
            let afterEscape = try await received(Array(("\t" + mark).utf8), peer)
            #expect(afterEscape == #"\t\u0336"#)
        }
    }

    @Test("whatever a peer sends, a screen gets rows that begin with ours, and no escape sequence")
    func screens() async throws {
        let pieces = [
            "gobtalk> ", "  | ", "14:03:59 #9 127.0.0.1:1 STRING: x", " ", "\u{1B}[2J", "\r", "漢字",
            "❤️",
            "🇩🇪🇩", "\u{301}", "👨‍👩‍👧", "\u{202E}", "é", "\u{9B}1A", "x", "\u{FE0F}", "\u{2800}",
        ]
        for columns in [12, 19, 20, 80] {
            try await Peer.with(columns: columns) { peer in
                for _ in 0..<30 {
                    let count = Int.random(in: 0...60)
                    let text = (0..<count).map { _ in pieces.randomElement() ?? "" }
                        .joined()
                    try await send(Array(text.utf8), to: peer)
                    let block = try #require(peer.transcript.rows.last)
                    let rows = block.split(separator: "\n", omittingEmptySubsequences: false)
                    #expect(rows[0].first?.isNumber == true)
                    #expect(rows.dropFirst().allSatisfy { $0.hasPrefix("  | ") })
                    for row in rows { #expect(cells(row) <= columns, "\(row)") }
                    #expect(!block.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
                }
            }
        }
    }

    @Test(
        "names, keys and strings of a value are harmless, in either format and in every command",
        arguments: ["go", "json"]
    )
    func values(_ format: String) async throws {
        let evil = "\u{1B}]0;x\u{7}\u{202E}\n\r\u{9B}m\u{E0041}"
        var schema = GobSchema()
        let map = schema.add(.map(key: TypeIndex(.string), value: TypeIndex(.string)))
        let type = schema.add(.structure([GobField("F" + evil, map)]), name: "T" + evil)
        let value = GobValue.structure([.map([.string("k" + evil), .string("v" + evil)])])
        var encoder = GobStreamEncoder()
        let bytes = try encoder.encode(GobDatum(schema: schema, type: type, value: value))
        for columns in [80, nil] {
            try await Peer.with(columns: columns) { peer in
                try await peer.run("set format \(format)")
                try await send(bytes, as: "GOB", to: peer)
                try await send(Array("x".utf8), as: "C\u{1B}[m\u{202E}", to: peer)
                _ = try await peer.transcript.wait(for: 2)
                for command in ["show 1", "messages", "schema 1", "inspect 1"] {
                    try await peer.run(command)
                }
                try await withFolder { folder in
                    try folder.write("evil.gob", bytes)
                    try await peer.run("decode \(folder)/evil.gob")
                }
                for text in peer.transcript.rows {
                    let isHarmless = text.unicodeScalars.allSatisfy {
                        "\n\t…".unicodeScalars.contains($0) || $0.value >= 0x20 && $0.value < 0x7F
                    }
                    #expect(isHarmless, "\(text.debugDescription)")
                }
            }
        }
    }

    private func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// What is shown of a STRING with this text.
    private func received(_ text: [UInt8], _ peer: Peer) async throws -> String {
        try await send(text, to: peer)
        let row = try #require(peer.transcript.rows.last)
        let head = try #require(row.firstRange(of: " STRING: "))
        return String(row[head.upperBound...])
    }

    /// The cells of a row on a terminal that shows as wide whatever one may show so.
    private func cells(_ row: Substring) -> Int {
        var (sum, last) = (0, 0)
        for scalar in row.unicodeScalars {
            switch scalar.value {
            case 0xFE0F: sum += last == 1 ? 1 : 0
            case 0x300...0x36F, 0x200D: break
            case 0x1F000...0x1FFFF, 0x4E00...0x9FFF: last = 2; sum += 2
            default: last = 1; sum += 1
            }
        }
        return sum
    }
}
