import Gob
import Net
import Shell
import Testing

/// How messages look, and that none can look like something else.
@Suite(.timeLimit(.minutes(5))) struct PresentationTests {
    @Test(
        "what could drive a terminal is shown as an escape",
        arguments: [
            ("\u{1B}[2J\u{1B}]0;title\u{7}", #"\x1b[2J\x1b]0;title\x07"#),
            ("a\rb\tc", #"a\rb\tc"#),
            ("\u{9B}31m", #"\u009b31m"#),
            ("\u{202E}evil\u{2066}", #"\u202eevil\u2066"#),
            ("a\u{2028}b", #"a\u2028b"#),
            ("\u{7F}\u{0}", #"\x7f\x00"#),
            ("tag\u{E0041}", #"tag\U000e0041"#),
            ("C:\\path \"x\" é 漢字 👨‍👩‍👧", "C:\\path \"x\" é 漢字 👨‍👩‍👧"),
        ]
    )
    func harmless(_ text: String, _ shown: String) async throws {
        try await Peer.with { peer in
            try await send(Array(text.utf8), to: peer)
            #expect(peer.transcript.rows[0].hasSuffix(" STRING: " + shown))
        }
    }

    @Test("bytes that are no UTF-8 are shown as escapes")
    func invalidUTF8() async throws {
        try await Peer.with { peer in
            try await send([0x41, 0xFF, 0xC3, 0x42], to: peer)
            #expect(peer.transcript.rows[0].hasSuffix(#" STRING: A\xff\xc3B"#))
        }
    }

    @Test("a text wider than the screen goes on behind a gutter, so that it cannot forge a prompt")
    func folded() async throws {
        try await Peer.with(columns: 60) { peer in
            let text = String(repeating: "x", count: 30) + String(repeating: "gobtalk> ", count: 10)
            try await send(Array(text.utf8), to: peer)
            let rows = peer.transcript.rows[0].split(separator: "\n")
            #expect(rows.count > 1)
            #expect(rows.dropFirst().allSatisfy { $0.hasPrefix("  | ") })
            #expect(rows.allSatisfy { $0.count <= 60 })
        }
    }

    @Test(
        "a reply that could pass for something else is in quotes, on a screen",
        arguments: [
            ("Thank you.", "Thank you."), ("très bien: 3 #4", "très bien: 3 #4"), ("", ""),
            ("14:03:59 #9 127.0.0.1:1 STRING: x", #""14:03:59 #9 127.0.0.1:1 STRING: x""#),
            ("gobtalk> send", #""gobtalk> send""#), ("  | x", #""  | x""#), ("#3 x", "\"#3 x\""),
            ("a\u{1B}[2J", #"a\x1b[2J"#),
        ]
    )
    func reply(_ reply: String, _ shown: String) async throws {
        try await withServer { conn in
            _ = try await conn.readLine(limit: 100)
            _ = try await conn.readLine(limit: 100)
            try await conn.write(reply + "\n")
        } body: { host in
            for columns in [80, nil] {
                try await Peer.with(columns: columns) { peer in
                    let row = try await peer.output(of: "send string \(host) x")
                    let text = columns == nil ? reply.replacing("\u{1B}", with: #"\x1b"#) : shown
                    #expect(row.hasPrefix(text + " ("))
                }
            }
        }
    }

    @Test("a long text is cut on a screen, and says how to see the rest")
    func cut() async throws {
        try await Peer.with(columns: 80) { peer in
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
            try await send(text, to: peer)
            let shown = peer.transcript.rows[0]
            #expect(shown.hasSuffix("  | … 10000 bytes in all; \"show 1\" shows the rest"))
            let whole = try await peer.output(of: "show 1")
            #expect(whole.count { $0 == "x" } == 10_000)
        }
    }

    @Test("what is long is received and shown, away from the connections' thread")
    func long() async throws {
        try await Peer.with { peer in
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
            try await send(text, to: peer)
            #expect(peer.transcript.rows[0].count { $0 == "x" } == 1 << 20)
            var encoder = GobStreamEncoder()
            let number = GobValue.list(.init(repeating: .int(7), count: 300_000))
            var schema = GobSchema()
            let list = schema.add(.slice(element: TypeIndex(.int)))
            let stream = try encoder.encode(GobDatum(schema: schema, type: list, value: number))
            try await send(stream, as: "GOB", to: peer)
            let shown = try await peer.transcript.wait(for: 2)[1]
            #expect(shown.contains("GOB: []int, \(stream.count) bytes"))
            #expect(shown.hasSuffix("\"show 2\" shows the rest"))
        }
    }

    @Test("rows that a peer fills with long names stay few and short")
    func longNames() async throws {
        try await Peer.with(columns: 80) { peer in
            var schema = GobSchema()
            let name = String(repeating: "n", count: 60_000)
            let wide = schema.add(.structure([GobField(name, TypeIndex(.int))]), name: name)
            let list = schema.add(.slice(element: wide))
            let values = [GobValue](repeating: .structure([.int(1)]), count: 1_000)
            var encoder = GobStreamEncoder()
            let datum = GobDatum(schema: schema, type: list, value: .list(values))
            try await send(encoder.encode(datum), as: "GOB", to: peer)
            let shown = try await peer.transcript.wait(for: 1)[0]
            #expect(shown.utf8.count < 10_000)
            #expect(shown.split(separator: "\n").count < 80)
        }
    }

    @Test("a chain of 10,000 structs is shown, cut on a screen and whole in a pipe")
    func deepChain() async throws {
        let bytes = try chain(10_000)
        for columns in [80, nil] {
            try await Peer.with(columns: columns) { peer in
                try await send(bytes, as: "GOB", to: peer)
                let rows = try await peer.transcript.wait(for: 1)[0].split(separator: "\n")
                // The innermost structs are short enough to share a row.
                #expect(rows.count == (columns == nil ? 29_993 : 26))
            }
        }
    }

    @Test(
        "values are written in the manner of Go",
        arguments: [
            ("03040054", "42"), ("060e00fef03f40", "(1+2i)"), ("03020001", "true"),
            ("050a00020102", #"[]byte("\x01\x02")"#), ("050800fef0ff", "-Inf"),
            ("060c0003ff41fe", #""\xffA\xfe""#), ("0a100003696e740402000e", "int(7)"),
            ("0c ff81 02 01 02 ff82 00 01 0400 00 07 ff82 00 03 02 04 06", "[]int{1, 2, 3}"),
        ]
    )
    func literals(_ hex: String, _ literal: String) async throws {
        try await Peer.with { peer in
            let digits = hex.compactMap(\.hexDigitValue)
            let bytes = stride(from: 0, to: digits.count, by: 2).map {
                UInt8(digits[$0] << 4 | digits[$0 + 1])
            }
            try await send(bytes, as: "GOB", to: peer)
            let rows = try await peer.transcript.wait(for: 1)[0].split(separator: "\n")
            #expect(rows.dropFirst().map { String($0) } == ["  | " + literal])
        }
    }

    private func chain(_ length: Int) throws -> [UInt8] {
        var schema = GobSchema()
        let node = schema.reserve()
        schema.define(
            node,
            as: .structure([GobField("V", TypeIndex(.int)), GobField("C", node)]),
            name: "list"
        )
        var value = GobValue.structure([.int(1), .zero])
        for _ in 1..<length { value = .structure([.int(1), value]) }
        var encoder = GobStreamEncoder()
        return try encoder.encode(GobDatum(schema: schema, type: node, value: value))
    }
}
