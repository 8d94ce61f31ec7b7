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
}
