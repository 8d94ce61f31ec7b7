import Net
import Shell
import Testing

/// Commands that wait for what comes, between sessions in this process.
@Suite(.timeLimit(.minutes(5))) struct WaitTests {
    @Test("messages that came before count, each once, also those that are not kept any more")
    func before() async throws {
        try await Peer.with(quiet: true) { peer in
            try await sendMany(3_000, to: peer)
            try await peer.run("wait 2999 within 20s")
            try await peer.run("wait within 20s")
            let failure = await peer.failure(of: "wait within 1ms")
            #expect(failure == Failure(.unmet, "expected 1 message within 1 ms; nothing came"))
        }
    }

    @Test("a message that comes while it is waited for ends the wait")
    func meanwhile() async throws {
        try await Peer.with { peer in
            async let waiting: Void = peer.run("wait 2 within 30s")
            async let expecting: Void = send(Array("hello".utf8), to: peer)
            try await expecting
            try await send(Array("again".utf8), to: peer)
            try await waiting
        }
    }

    @Test("what one sender sent is not lost while another one is waited for")
    func senders() async throws {
        try await Peer.with(quiet: true) { peer in
            try await sendMany(2, to: peer, from: "127.0.0.2")
            try await sendMany(1, to: peer, from: "127.0.0.3")
            try await peer.run("wait 1 from 127.0.0.3:7 within 20s")
            let failure = await peer.failure(of: "wait 3 from 127.0.0.2 within 1ms")
            let reason = "expected 3 messages from 127.0.0.2 within 1 ms; 2 came:"
            #expect(failure == Failure(.unmet, reason))
            #expect(failure?.rows.count == 2)
            #expect(failure?.rows.first?.hasSuffix("STRING: text 1") == true)
        }
    }

    @Test("a text is expected among those that came, and the others stay")
    func text() async throws {
        try await Peer.with(quiet: true) { peer in
            for text in ["one", "two", "three"] { try await send(Array(text.utf8), to: peer) }
            try await peer.run("expect ^t within 20s")
            try await peer.run("expect ^t from localhost within 20s")
            let failure = await peer.failure(of: "expect '^t.*$' from localhost within 1ms")
            let reason =
                #"expected a text that matches "^t.*$" from localhost within 1 ms; 1 came:"#
            #expect(failure == Failure(.unmet, reason))
            #expect(failure?.rows.first?.hasSuffix(" STRING: one") == true)
            #expect(await peer.failure(of: "expect o from 127.0.0.9 within 1ms")?.rows == [])
        }
    }

    @Test("a cancelled wait ends at once, and loses nothing")
    func cancelled() async throws {
        try await Peer.with { peer in
            for command in ["wait within 1h", "expect x", "sleep 1h", "repeat 9 every 1h echo x"] {
                let task = Task { await peer.failure(of: command) }
                task.cancel()
                #expect(await task.value == Failure(.failed, "interrupted"))
            }
            try await send(Array("x".utf8), to: peer)
            try await peer.run("expect x within 20s")
        }
    }

    static let document = """
        {"N": -5, "S": "data", "M": {"one": 1, "a b": 2}, "P": {"@text": "abc"},
         "C": {"N": 256, "S": "", "C": {"N": 18}}}
        """

    @Test(
        "a value of a struct is so, or is not",
        arguments: [
            (".C.N == 256", nil), (".C.N == 256.0", nil), (".C.N != 255", nil), (".N < 0", nil),
            (".N >= -5", nil), (".C.C.N > 9", nil), (".S == data", nil), (".S ~ ^d.t", nil),
            (".S < e", nil), (#".M["one"] == 1"#, nil), ("'.M[a b]' <= 2", nil),
            (".M[\"a b\"] <= 2", nil), (".P == abc", nil), (".P[0] == 97", nil),
            (".C.S == \"\"", nil), (".C.C.S == ''", nil), (".C.C.C == nil", nil),
            (".C != nil", nil), (".C.M == nil", nil),
            (".C.N == 255", "; .C.N is 256"), (".C.N > x", "; .C.N is 256"),
            (".X == 1", "; it has no .X"), (".M[two] == 1", "; it has no .M[two]"),
            (".S ~ ^x", #"; .S is "data""#), (".P[3] == 0", "; it has no .P[3]"),
            (".C.C == 1", "; .C.C is complexData{"),
            (".N.N == 1", "; it has no .N.N"), (".S.x == 1", "; it has no .S.x"),
        ] as [(String, String?)]
    )
    func value(_ expression: String, _ remark: String?) async throws {
        try await Peer.with(quiet: true) { peer in
            try await withFile(Self.document) { file in
                try await peer.run("send struct \(peer.host) \(file)")
            }
            let failure = await peer.failure(of: "expect \(expression) within 1ms")
            guard let remark else {
                #expect(failure == nil, "\(failure?.rows ?? [])")
                return
            }
            #expect(failure?.status == .unmet)
            #expect(failure?.rows.first?.contains(remark) == true, "\(failure?.rows ?? [])")
        }
    }

    @Test(
        "what cannot be expected is refused, with its column",
        arguments: [
            ("expect (x", 8, #""(x" is no regular expression: "#),
            ("expect .N ~ (x", 13, #""(x" is no regular expression: "#),
            ("expect N == 1", 8, #""N" is no path, as .C.N or .M["one"]"#),
            ("expect .N. == 1", 8, #"".N." is no path, as .C.N or .M["one"]"#),
            ("expect .N = 1", 11, #""=" is none of == != < <= > >= ~; quote a REGEX with spaces"#),
            ("expect x within soon", 17, #""soon" is no duration, as 300ms, 1.5s or 2m"#),
            ("expect x from a:b:c", 15, #""a:b:c": too many colons"#),
            ("wait none", 6, #""none" is no number of messages, from 1 on"#),
            ("wait 0", 6, #""0" is no number of messages, from 1 on"#),
        ]
    )
    func refused(_ line: String, _ column: Int, _ reason: String) async throws {
        try await Peer.with { peer in
            let failure = await peer.failure(of: line)
            #expect(failure?.status == .usage)
            #expect(failure?.column == column)
            #expect(failure?.description.hasPrefix(reason) == true)
        }
    }

    /// Sends STRINGs over one connection, and waits until the peer has taken all.
    private func sendMany(_ count: Int, to peer: Peer, from host: String = "127.0.0.1") async throws
    {
        var dialer = Dialer(on: Network())
        dialer.localAddress = Address(literal: host, port: 0)
        let texts = (1...count).map { "STRING\ntext \($0)\n" }.joined()
        try await dialer.withConn(HostPort(peer.host)) { conn in
            try await conn.write(texts)
            try await conn.closeWrite()
            while try await conn.read(upTo: 4_096) != nil {}
        }
    }
}
