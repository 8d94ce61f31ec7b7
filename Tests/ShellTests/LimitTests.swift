import Net
import Shell
import Testing

/// What a peer is told nothing of, and the user once, with the option that decides it.
@Suite(.timeLimit(.minutes(5))) struct LimitTests {
    /// Sends bytes, and returns what comes back until the connection is closed.
    private func exchange(_ bytes: [UInt8], with peer: Peer) async throws -> [UInt8] {
        try await Dialer(on: Network()).withConn(HostPort(peer.host)) { conn in
            var reply: [UInt8] = []
            try? await conn.write(bytes)
            try? await conn.flush()
            while let more = try? await conn.read(upTo: 100) { reply += more }
            return reply
        }
    }

    /// A case of a limit: what is set, what is sent, what is said.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let set: @Sendable (inout Limits) throws -> Void
        let sent: String
        let said: String
    }

    static let cases = [
        Case(
            testDescription: "a line",
            set: { $0.maxLine = 4 },
            sent: "STRING\nhello\n",
            said: " STRING: the line is longer than 4 bytes (--max-line); the connection is closed"
        ),
        Case(
            testDescription: "a name, which has no option",
            set: { _ in },
            sent: String(repeating: "x", count: 257),
            said: ": the line is longer than 256 bytes; the connection is closed"
        ),
        Case(
            testDescription: "a message",
            set: { $0.maxMessage = 20 },
            sent: "GOB\n\u{15}",
            said:
                " GOB: the limit of 20 on the message size is exceeded at byte 0 (--max-message); "
                + "the connection is closed"
        ),
        Case(
            testDescription: "the time for a command",
            set: { $0.commandTimeout = .milliseconds(100) },
            sent: "STRING\nhal",
            said: " STRING: the command did not come whole within 0.1 s (--command-timeout); "
                + "the connection is closed"
        ),
    ]

    @Test("a limit closes the connection, and is named with its value and option", arguments: cases)
    func limit(_ test: Case) async throws {
        var limits = Limits()
        try test.set(&limits)
        try await Peer.with(limits: limits) { peer in
            #expect(try await exchange(Array(test.sent.utf8), with: peer) == [])
            let row = try #require(try await peer.transcript.wait(for: 1).first)
            #expect(row.hasPrefix("! 127.0.0.1:"))
            #expect(row.hasSuffix(test.said), "\(row)")
        }
    }

    @Test("values that are nested too deep are refused, and the limit itself is taken")
    func depth() async throws {
        var limits = Limits()
        limits.maxDepth = 3
        try await Peer.with(limits: limits) { peer in
            try await Peer.with { sender in
                try await withFile(#"{"C":{"C":{"C":{"N":1}}}}"#) { deep in
                    _ = try? await sender.run("send struct \(peer.host) \(deep)")
                }
                let rows = try await peer.transcript.wait(for: 1)
                #expect(rows[0].contains("GOB: the limit of 3 on the nesting depth is exceeded"))
                #expect(rows[0].hasSuffix(" (--max-depth); the connection is closed"))
                try await withFile(#"{"C":{"C":{"N":1}}}"#) { flat in
                    try await sender.run("send struct \(peer.host) \(flat)")
                }
                #expect(try await peer.transcript.wait(for: 2)[1].contains("complexData"))
            }
        }
    }

    @Test("TEXT that is longer than what is taken is not sent either")
    func longText() async throws {
        var limits = Limits()
        limits.maxLine = 4
        try await Peer.with(limits: limits) { peer in
            let failure = await peer.failure(of: "send string \(peer.host) hello")
            #expect(failure == Failure(.usage, "TEXT has 5 bytes; 4 is the most"))
        }
    }

    @Test(
        "a peer that is refused is told nothing, and shown once",
        arguments: [
            ("10.0.0.0/8", 1, "its address is not allowed (--allow)"),
            ("127.0.0.0/8", 0, "the limit of connections, 0, is reached (--max-connections)"),
        ]
    )
    func refused(_ allowed: String, _ connections: Int, _ reason: String) async throws {
        var limits = Limits()
        try limits.allow([allowed])
        limits.maxConnections = connections
        try await Peer.with(limits: limits) { peer in
            for _ in 0..<20 {
                #expect(try await exchange(Array("STRING\nx\n".utf8), with: peer) == [])
            }
            let rows = try await peer.transcript.wait(for: 1)
            let row = "! a connection of 127.0.0.1 is refused: \(reason); this is said once"
            #expect(rows == [row])
        }
    }

    @Test("a silent peer is closed, and shown once")
    func idle() async throws {
        var limits = Limits()
        limits.idleTimeout = .milliseconds(50)
        try await Peer.with(limits: limits) { peer in
            for _ in 0..<3 {
                let reply = try await exchange([], with: peer)
                #expect(reply == [])
            }
            let row = "no command came for 0.05 s (--idle-timeout); this is said once"
            let rows = peer.transcript.rows.filter { $0.hasPrefix("!") }
            #expect(rows == ["! a connection of 127.0.0.1 is closed: \(row)"])
        }
    }

    @Test(
        "sizes are read and shown",
        arguments: [
            ("0", 0, "0"), ("1", 1, "1"), ("4096", 4_096, "4KiB"), ("64KiB", 65_536, "64KiB"),
            ("1MiB", 1_048_576, "1MiB"), ("2GiB", 2_147_483_648, "2GiB"), ("1500", 1_500, "1500"),
        ]
    )
    func sizes(_ text: String, _ bytes: Int, _ shown: String) {
        #expect(ByteSize(text) == ByteSize(bytes: bytes))
        #expect("\(ByteSize(bytes: bytes))" == shown)
    }

    @Test(
        "what is no size",
        arguments: ["", "MiB", "1MB", "1mib", "-1", "+1", "01", "1.5MiB", "1 MiB", "8589934592GiB"]
    )
    func noSize(_ text: String) {
        #expect(ByteSize(text) == nil)
    }
}
