import Net
import Shell
import Testing

/// What `resolve` shows of a host.
@Suite(.timeLimit(.minutes(5))) struct ResolveCommandTests {
    @Test("the addresses come in the order of a dial, and those of the other family say when")
    func rows() async throws {
        try await Peer.with { peer in
            #expect(
                try await peer.output(of: "resolve :7")
                    == "127.0.0.1:7\n[::1]:7  fallback, after 300 ms"
            )
            #expect(try await peer.output(of: "resolve tcp4 :7") == "127.0.0.1:7")
            #expect(try await peer.output(of: "resolve tcp6 :7") == "[::1]:7")
            #expect(try await peer.output(of: "resolve unix:/run/x") == "unix:/run/x")
            #expect(try await peer.output(of: "resolve localhost:7").contains("127.0.0.1:7"))
            try await peer.run("alias bob [2001:db8::1]:9")
            #expect(try await peer.output(of: "resolve bob") == "[2001:db8::1]:9")
        }
    }

    @Test("it goes by the settings")
    func settings() async throws {
        try await Peer.with { peer in
            try await peer.run("set fallback-delay off")
            #expect(try await peer.output(of: "resolve :7") == "127.0.0.1:7\n[::1]:7")
            try await peer.run("set local-address ::1")
            #expect(try await peer.output(of: "resolve :7") == "[::1]:7")
            let failure = await peer.failure(of: "resolve 127.0.0.1:7")
            #expect(failure?.status == .unreachable)
            #expect(
                failure?.description == "cannot dial \"127.0.0.1:7\": it has no address of the "
                    + "same family as the local address ::1"
            )
        }
    }

    @Test(
        "what cannot be resolved says why",
        arguments: [
            (
                "resolve tcp6 127.0.0.1", Shell.ExitStatus.unreachable,
                "cannot resolve \"127.0.0.1\": it has no IPv6 address"
            ),
            (
                "resolve tcp", .usage,
                "HOST is missing: resolve [tcp|tcp4|tcp6] HOST, as in: resolve localhost"
            ),
            ("resolve tcp5 x", .usage, "\"x\" is too much: resolve [tcp|tcp4|tcp6] HOST"),
            ("resolve a:b:c", .usage, "\"a:b:c\": too many colons"),
        ]
    )
    func failures(_ line: String, _ status: Shell.ExitStatus, _ description: String) async throws {
        try await Peer.with { peer in
            let failure = await peer.failure(of: line)
            #expect(failure?.status == status)
            #expect(failure?.description.hasPrefix(description) == true, "\(failure as Any)")
        }
    }

    @Test("connections come from the local address that was set")
    func localAddress() async throws {
        try await Peer.with { peer in
            try await peer.run("set local-address 127.0.0.9")
            try await peer.run("send string \(peer.host) hello")
            #expect(peer.session.log.latest(1).first?.peer.host == "127.0.0.9")
        }
    }
}
