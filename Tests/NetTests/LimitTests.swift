import Net
import Testing

/// What a listener and an endpoint do not let their peers do.
@Suite(.timeLimit(.minutes(5)))
struct LimitTests {
    /// What happened, in words, with the peer's port left out.
    private static func text(_ event: Endpoint.Event) -> String {
        switch event {
        case .accepted(let peer): "accepted \(peer.host)"
        case .refused(let peer, let refusal): "refused \(peer.host): \(refusal)"
        case .commandNotRegistered(_, let name): "no \(String(decoding: name, as: UTF8.self))"
        case .failed(_, let command, let error): "\(command ?? "-"): \(error)"
        case .answered(_, let command, _): "answered \(command)"
        case .closed(let status): "closed \(status.remoteAddress.host)"
        case .acceptFailed(let error): "\(error)"
        }
    }

    /// An endpoint that runs while `body` does, and the texts of what happens.
    private func withEndpoint(
        on host: String = "127.0.0.1:0",
        _ listening: Listener.Configuration = .init(),
        _ configuration: Endpoint.Configuration = .init(),
        _ body: (_ port: UInt16, _ events: AsyncStream<String>) async throws -> Void,
    ) async throws {
        let (events, continuation) = AsyncStream<String>.makeStream()
        let endpoint = Endpoint(configuration) { continuation.yield(Self.text($0)) }
        endpoint.addHandleFunc("STRING") { conn in
            guard try await conn.readLine(limit: 100) != nil else { throw NetError.closedInside }
            try await conn.write("Thank you.\n")
        }
        endpoint.addHandleFunc("BIG") { conn in
            try await conn.write([UInt8](repeating: 120, count: 64 << 20))
        }
        let listener = try await Listener.listen(
            on: host,
            configuration: listening,
            network: Network()
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await endpoint.run(listener) }
            let result: Result<Void, any Error>
            do {
                try await body(listener.addresses[0].port, events)
                result = .success(())
            } catch {
                result = .failure(error)
            }
            await listener.close()
            try result.get()
        }
    }

    private func next(_ events: AsyncStream<String>) async -> String? {
        await events.first { _ in true }
    }

    @Test("beyond the limit a connection is closed without a word, until another one ends")
    func connections() async throws {
        var configuration = Listener.Configuration()
        configuration.connectionLimit = 2
        try await withEndpoint(configuration) { port, events in
            let first = try RawSocket.connecting(to: port)
            let second = try RawSocket.connecting(to: port, from: 2)
            #expect(await next(events) == "accepted 127.0.0.1")
            #expect(await next(events) == "accepted 127.0.0.2")
            for _ in 0..<2 {
                let refused = try RawSocket.connecting(to: port, from: 3)
                #expect(await refused.readAll() == [])
                refused.close()
                let reason = "the limit of connections, 2, is reached"
                #expect(await next(events) == "refused 127.0.0.3: \(reason)")
            }
            first.send("STRING\na\n")
            first.endInput()
            #expect(await String(decoding: first.readAll(), as: UTF8.self) == "Thank you.\n")
            #expect(await next(events) == "closed 127.0.0.1")
            let third = try RawSocket.connecting(to: port, from: 3)
            #expect(await next(events) == "accepted 127.0.0.3")
            for peer in [first, second, third] { peer.close() }
        }
    }

    @Test("a host has its own limit, and what it does costs no other's connection")
    func perAddress() async throws {
        var configuration = Listener.Configuration()
        configuration.connectionLimitPerAddress = 1
        try await withEndpoint(configuration) { port, events in
            let first = try RawSocket.connecting(to: port)
            #expect(await next(events) == "accepted 127.0.0.1")
            let refused = try RawSocket.connecting(to: port)
            #expect(await refused.readAll() == [])
            let reason = "the limit of connections from one address, 1, is reached"
            #expect(await next(events) == "refused 127.0.0.1: \(reason)")
            let other = try RawSocket.connecting(to: port, from: 2)
            #expect(await next(events) == "accepted 127.0.0.2")
            // One that ends before it says anything counts no longer, too.
            first.close()
            #expect(await next(events) == "closed 127.0.0.1")
            let again = try RawSocket.connecting(to: port)
            #expect(await next(events) == "accepted 127.0.0.1")
            for peer in [refused, other, again] { peer.close() }
        }
    }

    @Test(
        "a peer that is not allowed is closed without a word; IPv4 also on a socket of both families"
    )
    func allowed() async throws {
        var configuration = Listener.Configuration()
        configuration.allowed = [try CIDR("127.0.0.2/31"), try CIDR("::1")]
        try await withEndpoint(on: ":0", configuration) { port, events in
            for source: UInt8 in [1, 4] {
                let refused = try RawSocket.connecting(to: port, from: source)
                #expect(await refused.readAll() == [])
                refused.close()
                let event = "refused 127.0.0.\(source): its address is not allowed"
                #expect(await next(events) == event)
            }
            for source: UInt8 in [2, 3] {
                let peer = try RawSocket.connecting(to: port, from: source)
                peer.send("STRING\na\n")
                peer.endInput()
                #expect(await String(decoding: peer.readAll(), as: UTF8.self) == "Thank you.\n")
                peer.close()
                #expect(await next(events) == "accepted 127.0.0.\(source)")
                #expect(await next(events) == "closed 127.0.0.\(source)")
            }
        }
    }

    @Test(
        "a peer that sends a byte now and then is ended by the time for one command",
        arguments: zip(["STRING\n", "S"], ["STRING", "-"])
    )
    func slowCommand(start: String, command: String) async throws {
        var configuration = Endpoint.Configuration()
        configuration.commandTimeout = .milliseconds(200)
        try await withEndpoint(.init(), configuration) { port, events in
            let peer = try RawSocket.connecting(to: port)
            peer.send(start)
            let trickle = Task {
                while !Task.isCancelled {
                    peer.send("x")
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            #expect(await peer.readAll() == [])
            trickle.cancel()
            _ = await trickle.result
            peer.close()
            #expect(await next(events) == "accepted 127.0.0.1")
            let reason = "the command did not come whole within 0.2 s"
            #expect(await next(events) == "\(command): \(reason)")
            #expect(await next(events) == "closed 127.0.0.1")
        }
    }

    @Test("each command has its time anew")
    func manyCommands() async throws {
        let isAnswered = try await tryWithMoreTime(from: .milliseconds(200)) { limit in
            var configuration = Endpoint.Configuration()
            configuration.commandTimeout = limit
            var count = 0
            var replies: [UInt8] = []
            try await withEndpoint(.init(), configuration) { port, events in
                let peer = try RawSocket.connecting(to: port)
                let end = ContinuousClock.now + limit * 1.5
                while .now < end {
                    peer.send("STRING\nab")
                    try await Task.sleep(for: .milliseconds(10))
                    peer.send("c\n")
                    count += 1
                }
                peer.endInput()
                replies = await peer.readAll()
                peer.close()
            }
            return replies.count == count * "Thank you.\n".utf8.count
        }
        #expect(isAnswered)
    }

    @Test("a connection that says nothing is closed")
    func silent() async throws {
        var configuration = Endpoint.Configuration()
        configuration.idleTimeout = .milliseconds(100)
        try await withEndpoint(.init(), configuration) { port, events in
            let peer = try RawSocket.connecting(to: port)
            #expect(await peer.readAll() == [])
            peer.close()
            #expect(await next(events) == "accepted 127.0.0.1")
            #expect(await next(events) == "-: no command came for 0.1 s")
            #expect(await next(events) == "closed 127.0.0.1")
        }
    }

    @Test("a connection that says nothing more after a command is closed")
    func idle() async throws {
        let isAnswered = try await tryWithMoreTime(from: .milliseconds(100)) { limit in
            var configuration = Endpoint.Configuration()
            configuration.idleTimeout = limit
            var reply: [UInt8] = []
            try await withEndpoint(.init(), configuration) { port, events in
                let peer = try RawSocket.connecting(to: port)
                peer.send("STRING\na\n")
                reply = await peer.readAll()
                peer.close()
                #expect(await next(events) == "accepted 127.0.0.1")
                #expect(await next(events)?.hasPrefix("-: no command came for ") == true)
                #expect(await next(events) == "closed 127.0.0.1")
            }
            return reply == Array("Thank you.\n".utf8)
        }
        #expect(isAnswered)
    }

    @Test("a peer that does not read its replies is closed")
    func noReader() async throws {
        var configuration = Endpoint.Configuration()
        configuration.commandTimeout = .milliseconds(200)
        try await withEndpoint(.init(), configuration) { port, events in
            let peer = try RawSocket.connecting(to: port)
            peer.send("BIG\n")
            #expect(await next(events) == "accepted 127.0.0.1")
            #expect(await next(events) == "BIG: the peer took no reply for 0.2 s")
            peer.reset()
            #expect(await next(events) == "closed 127.0.0.1")
        }
    }

    @Test("without limits a silent peer is waited for")
    func off() async throws {
        var configuration = Endpoint.Configuration()
        (configuration.idleTimeout, configuration.commandTimeout) = (nil, nil)
        try await withEndpoint(.init(), configuration) { port, events in
            let peer = try RawSocket.connecting(to: port)
            for part in ["STR", "ING\n", "a\n"] {
                try await Task.sleep(for: .milliseconds(20))
                peer.send(part)
            }
            peer.endInput()
            #expect(await String(decoding: peer.readAll(), as: UTF8.self) == "Thank you.\n")
            peer.close()
        }
    }
}
