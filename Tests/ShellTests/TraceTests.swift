import Net
import Shell
import Testing

/// The bytes that go over connections, as `trace on` shows them.
@Suite(.timeLimit(.minutes(5))) struct TraceTests {
    @Test("each write and read of both sides is a row, as long as it is on")
    func rows() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("send string \(peer.host) before")
            try await peer.run("set trace on")
            try await peer.run("send string \(peer.host) héllo\u{1B}")
            try await peer.run("set trace off")
            try await peer.run("send string \(peer.host) after")
            let rows = peer.transcript.rows.filter { $0.contains("→") || $0.contains("←") }
            let sender = try #require(peer.session.log[2]?.peer)
            #expect(
                Set(rows) == [
                    #"! → \#(peer.host) "STRING\nhéllo\x1b\n""#,
                    #"! ← \#(sender) "STRING\nhéllo\x1b\n""#,
                    #"! → \#(sender) "Thank you.\n""#,
                    #"! ← \#(peer.host) "Thank you.\n""#,
                ]
            )
            #expect(rows.count == 4)
            #expect(rows.first?.hasPrefix("! → \(peer.host)") == true)
        }
    }

    @Test("what is long is cut, not inside a character, with its size")
    func long() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("set trace on")
            let text = String(repeating: "x", count: 992) + String(repeating: "é", count: 500)
            try await peer.run("send string \(peer.host) \(text)")
            let row = try #require(peer.transcript.rows.first)
            let shown = "STRING\\n" + String(repeating: "x", count: 992)
            #expect(row == "! → \(peer.host) \"\(shown)\"… 2000 bytes")
        }
    }
}
