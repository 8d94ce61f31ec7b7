import Net
import Shell
import Testing

/// Peers that do not keep to the protocol, on either side.
@Suite(.timeLimit(.minutes(5))) struct BadPeerTests {
    @Test(
        "a peer that does not answer as it should fails the command, with a reason",
        arguments: [
            ("", "closed the connection without a reply"),
            ("no line end", "the peer closed the connection in the middle of a message"),
        ]
    )
    func badReply(_ reply: String, _ reason: String) async throws {
        try await withServer { conn in
            _ = try await conn.readLine(limit: 100)
            _ = try await conn.readLine(limit: 100)
            try await conn.write(reply)
        } body: { host in
            try await Peer.with { peer in
                let failure = await peer.failure(of: "send string \(host) hello")
                #expect(failure?.status == .failed)
                #expect(failure?.description.hasSuffix(reason) == true)
            }
        }
    }

    @Test("a silent peer is given up after the time allowed")
    func silent() async throws {
        try await withServer { conn in
            while try await conn.readLine(limit: 100) != nil {}
        } body: { host in
            try await Peer.with(timeout: .milliseconds(50)) { peer in
                let failure = await peer.failure(of: "send string \(host) hello")
                #expect(failure == Failure(.failed, "no reply from \"\(host)\" within 50 ms"))
            }
        }
    }

    @Test("a command that is cancelled ends at once")
    func cancelled() async throws {
        try await withServer { conn in
            while try await conn.readLine(limit: 100) != nil {}
        } body: { host in
            try await Peer.with { peer in
                let task = Task { await peer.failure(of: "send string \(host) hello") }
                task.cancel()
                #expect(await task.value?.description == "interrupted")
            }
        }
    }

    @Test("a refused connection is named")
    func refused() async throws {
        try await Peer.with { peer in
            try await peer.run("listen 127.0.0.1:0")
            let failure = await peer.failure(of: "send string \(peer.host) x")
            #expect(
                failure == Failure(.unreachable, "cannot dial \"\(peer.host)\": connection refused")
            )
        }
    }

    @Test(
        "what a peer sends wrongly is told, and its connection closed, and no other",
        arguments: [
            (Array("NOSUCH\n".utf8), "sent the command \"NOSUCH\", which is not registered"),
            (Array("\u{1B}[2J\n".utf8), #"sent the command "\x1b[2J", which is not registered"#),
            (Array("STRING\nhalf".utf8), "STRING: the peer closed the connection in the middle"),
            (Array("GOB\n".utf8), "GOB: the peer closed the connection in the middle"),
            (Array("GOB\n".utf8) + [3, 4, 0], "GOB: the peer closed the connection in the middle"),
            (Array("GOB\nmoin".utf8), "GOB: the peer closed the connection in the middle"),
            (Array("GOB\n".utf8) + [3, 0x6E, 0x6F, 0x77], "GOB: type 55 is not defined at byte 2"),
            (
                Array("GOB\n".utf8) + [0xF8] + Array(repeating: 0xFF, count: 8),
                "GOB: the limit of 67108864 on the message size is exceeded at byte 0"
            ),
            (Array(repeating: 0x41, count: 300), "the line is longer than 256 bytes"),
            (
                Array("STRING\n".utf8) + Array(repeating: 0x41, count: (1 << 20) + 1),
                "STRING: the line is longer than 1048576 bytes"
            ),
        ] as [([UInt8], String)]
    )
    func badClient(_ bytes: [UInt8], _ diagnostic: String) async throws {
        try await Peer.with { peer in
            let network = Network()
            let dialer = Dialer(on: network)
            let good = try await dialer.dial(peer.host)
            try await good.perform { conn in
                try await conn.write("STRING\none\n")
                #expect(try await conn.readLine(limit: 99) == Array("Thank you.".utf8))
            }
            try await dialer.withConn(HostPort(peer.host)) { conn in
                try? await conn.write(bytes)
                try? await conn.closeWrite()
                while let bytes = try? await conn.read(upTo: 100) { #expect(bytes.isEmpty) }
            }
            let rows = try await peer.transcript.wait(for: 2)
            #expect(rows[1].hasPrefix("! 127.0.0.1:"))
            #expect(rows[1].contains(diagnostic), "\(rows[1])")
            try await good.perform { conn in
                try await conn.write("STRING\ntwo\n")
                #expect(try await conn.readLine(limit: 99) == Array("Thank you.".utf8))
            }
            await good.close()
            #expect(peer.session.log.total == 2)
        }
    }
}

/// Serves one kind of connection while something runs.
func withServer(
    _ handler: @escaping HandleFunc,
    body: @escaping @Sendable (_ host: String) async throws -> Void,
) async throws {
    let listener = try await Listener.listen(
        on: .tcp(host: "127.0.0.1", port: 0),
        network: Network()
    )
    let host = "\(try #require(listener.addresses.first))"
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await listener.serve(handler: handler) }
        try await body(host)
        group.cancelAll()
    }
}
