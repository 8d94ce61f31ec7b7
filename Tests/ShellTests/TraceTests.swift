import Net
import Shell
import Testing

/// The bytes that go over connections, as `trace on` shows them.
@Suite(.timeLimit(.minutes(5))) struct TraceTests {
    @Test("each part of what both sides send is a row, as long as it is on")
    func rows() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("send string \(peer.host) before")
            try await peer.run("set trace on")
            try await peer.run("send string \(peer.host) hé\u{1B}")
            try await peer.run("set trace off")
            try await peer.run("send string \(peer.host) after")
            let sender = try #require(peer.session.log[2]?.peer)
            let command = "     7  53 54 52 49 4e 47 0a     STRING.   command STRING"
            let text = #"     5  68 c3 a9 1b 0a           h....     text "hé\x1b""#
            let reply = #"    11  54 68 61 6e 6b 20 79 6f  Thank yo  reply "Thank you.""#
            let end = "  75 2e 0a                 u.."
            let rows = peer.transcript.rows.filter { $0.hasPrefix("! ") }.flatMap {
                $0.dropFirst(2).split(separator: "\n").map { String($0) }
            }
            let shown = [
                "> \(peer.host)" + command, "> \(peer.host)" + text,
                "< \(sender)" + command, "< \(sender)" + text,
                "> \(sender)" + reply, margin(sender) + end,
                "< \(peer.host)" + reply, margin(peer.host) + end,
            ]
            #expect(rows.sorted() == shown.sorted())
            #expect(rows.first == shown.first)
        }
    }

    /// What stands before the bytes that have no room in the first row.
    private func margin(_ peer: some CustomStringConvertible) -> String {
        String(repeating: " ", count: "> \(peer)      ".count)
    }

    @Test("what is long is cut, not inside a character, with how many bytes there are more")
    func long() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("set trace on")
            let text = String(repeating: "x", count: 39) + String(repeating: "é", count: 500)
            try await peer.run("send string \(peer.host) \(text)")
            let rows = try #require(peer.transcript.rows.first).split(separator: "\n")
            let shown = "\"" + String(repeating: "x", count: 39) + "\"…"
            #expect(rows.count == 6)
            #expect(rows[1].hasPrefix("> \(peer.host)  1040  78 78"))
            #expect(rows[1].hasSuffix("xxxxxxxx  text \(shown)"))
            #expect(rows[5] == margin(peer.host) + "  … 1008 more bytes")
        }
    }

    @Test("the messages of a GOB are its definitions, and its value with its type")
    func gob() async throws {
        try await Peer.with(quiet: true) { peer in
            try await withFolder { folder in
                try folder.write("p.json", Array(#"{"X": 22, "Y": -3}"#.utf8))
                try await peer.run("type Point struct { X, Y int }")
                try await peer.run("set trace on")
                try await peer.run("send struct \(peer.host) \(folder)/p.json as Point")
            }
            let rows = try #require(peer.transcript.rows.first { $0.contains("GOB") })
                .split(separator: "\n")
            let meanings = rows.filter { $0.contains(peer.host) }
                .map { $0.split(separator: "  ").last?.drop { $0 == " " } }
            #expect(
                meanings == [
                    "command GOB",
                    "definition of type 64: type Point struct{ X int; Y int }",
                    "value of type 64, Point: Point{X: 22, Y: -3}",
                ]
            )
        }
    }

    @Test(
        "a GOB that comes in pieces of any size is told as one that comes whole",
        arguments: 1...8
    )
    func pieces(_ size: Int) async throws {
        try await Peer.with(quiet: true) { peer in
            try await withFolder { folder in
                try folder.write("p.json", Array(#"{"X": 22, "Y": -3}"#.utf8))
                try await peer.run("type Point struct { X, Y int }")
                try await peer.run("encode \(folder)/p.json \(folder)/p.gob as Point")
                try await peer.run("set trace on")
                try await peer.run(
                    #"send bytes \#(peer.host) "GOB\n" @\#(folder)/p.gob split \#(size) within 0"#
                )
                let rows = self.rows(of: "> \(peer.host)", peer)
                #expect(rows.flatMap(\.bytes) == Array("GOB\n".utf8) + (try folder.read("p.gob")))
                let whole = rows.map(\.meaning).filter { meaning in
                    !["the beginning", "more of it"].contains { meaning.hasSuffix($0) }
                }
                #expect(
                    whole == [
                        "command GOB", "definition of type 64: type Point struct{ X int; Y int }",
                        "value of type 64, Point: Point{X: 22, Y: -3}",
                    ]
                )
            }
        }
    }

    @Test(
        "what is none of the protocol is told of as far as it goes, and drives no terminal",
        arguments: [
            (#""\x1b[2J\n" "more""#, [#"unknown command \x1b[2J"#, ""]),
            (#""\xff\n" "more""#, ["name of no command", ""]),
            (
                #""GOB\n" hex:03040106"#,
                [
                    "command GOB",
                    "value of type 2, int: broken: 1 where a 0 must precede the value at byte 3",
                ]
            ),
            (#""GOB\n" hex:0502"#, ["command GOB", "message, the beginning"]),
            (#""STRING\nhal""#, ["command STRING", "text, the beginning"]),
            (#""STR""#, ["name of a command, the beginning"]),
        ] as [(String, [String])]
    )
    func hostile(_ bytes: String, _ meanings: [String]) async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("set trace on")
            try await peer.run("send raw \(peer.host) \(bytes) within 1m eof")
            #expect(self.rows(of: "> \(peer.host)", peer).map(\.meaning) == meanings)
            #expect(!peer.transcript.rows.joined().contains("\u{1B}"))
        }
    }

    /// The first rows of what was traced one way: the bytes in them, and what they mean.
    private func rows(of way: String, _ peer: Peer) -> [(bytes: [UInt8], meaning: String)] {
        peer.transcript.rows.filter { $0.hasPrefix("! ") }
            .flatMap { $0.dropFirst(2).split(separator: "\n") }.filter { $0.hasPrefix(way + " ") }
            .map { row in
                let shown = row.dropFirst(way.count + 8)
                let bytes = shown.prefix(23).split(separator: " ").compactMap {
                    UInt8($0, radix: 16)
                }
                return (bytes, String(shown.dropFirst(35)))
            }
    }
}
