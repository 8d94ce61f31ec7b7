import Foundation
import Glibc
import Net
import Synchronization
import Testing

/// How a proxy reaches hosts that are names, or dials as a user has it set.
@Suite(.timeLimit(.minutes(5)))
struct ProxyDialTests {
    /// Two listeners, of which each answers with a number of its own, at 127.0.0.1 and ::1.
    private struct Hosts {
        let listeners: [Listener]
        let port: UInt16

        init() async throws {
            let network = Network()
            for _ in 0..<20 {
                let first = try await Listener.listen(on: "127.0.0.1:0", network: network)
                let port = first.addresses[0].port
                let other = HostPort.tcp(host: "::1", port: port)
                if let second = try? await Listener.listen(on: other, network: network) {
                    listeners = [first, second]
                    self.port = port
                    return
                }
                await first.close()
            }
            throw NetError.cannotListen(address: "both", cause: .addressInUse)
        }
    }

    /// Expects this of the host that a client of the proxy reaches.
    private func expect(_ text: String, from proxy: Proxy) async throws {
        let host = try HostPort("\(proxy.addresses[0])")
        let line = try await Dialer(on: Network()).withConn(host) { conn in
            conn.setDeadline(.now + .seconds(60))
            try await conn.write("x\n")
            return try await conn.readLine(limit: 10)
        }
        #expect(line == Array(text.utf8))
    }

    private func answering(_ text: String) -> HandleFunc {
        { conn in
            while try await conn.readLine(limit: 10) != nil { try await conn.write("\(text)\n") }
        }
    }

    @Test("a name is looked up once for many conversations, and again where its host is elsewhere")
    func memory() async throws {
        let hosts = try await Hosts()
        let lookUps = Mutex(0)
        let resolver = Resolver { _, _ in
            lookUps.withLock { $0 += 1 }
            return Address.loopback(port: 0)
        }
        try await withServer(hosts.listeners[1], answering("second")) {
            try await withServer(hosts.listeners[0], answering("first")) {
                let host = HostPort.tcp(host: "name", port: hosts.port)
                let log = ProxyLog()
                defer { #expect(log.value.failures == []) }
                try await withProxy(to: host, log: log, dialer: { $0.resolver = resolver }) {
                    proxy in
                    for _ in 0..<20 {
                        try await expect("first", from: proxy)
                    }
                    // A second of a busy machine may be over before twenty answers are there.
                    #expect(lookUps.withLock { $0 } < 20)
                    await hosts.listeners[0].close()
                    // A process that another test starts has its socket, too, until it runs.
                    try await waitUntil {
                        guard let it = try? RawSocket.connecting(to: hosts.port) else {
                            return true
                        }
                        it.close()
                        return false
                    }
                    try await expect("second", from: proxy)
                    try await expect("second", from: proxy)
                }
            }
        }
    }

    @Test("the local address, and who is told of a dial, are the dialer's")
    func options() async throws {
        let listening = try RawSocket.listening(backlog: 8)
        defer { listening.close() }
        let connected = Mutex<[Address]>([])
        let host = HostPort.tcp(host: "127.0.0.1", port: listening.port)
        let log = ProxyLog()
        let dial: @Sendable (inout Dialer) -> Void = { dialer in
            dialer.localAddress = .ipv4(127, 0, 0, 2, port: 0)
            dialer.onEvent = { event in
                guard case .connected(_, let local, _) = event else { return }
                connected.withLock { $0.append(local) }
            }
        }
        try await withProxy(to: host, log: log, dialer: dial) { proxy in
            let client = try RawSocket.connecting(to: proxy.addresses[0].port)
            let peer = await listening.accepting()
            client.send("abc")
            #expect(await peer.read(3) == Array("abc".utf8))
            client.close()
            #expect(await peer.readAll() == [])
            peer.close()
            try await waitUntil { log.value.ruptures.count == 1 }
        }
        #expect(connected.withLock { $0.map(\.host) } == ["127.0.0.2"])
    }

    /// Something that is there as long as anybody has it.
    private final class Marker: Sendable {}

    @Test(
        "to close it gives up hosts that do not answer, which is no failure and leaves nothing",
        arguments: [true, false]
    )
    func closeWhileDialling(_ isInTask: Bool) async throws {
        try await BlackHole.with(at: [.ipv4]) { hole in
            let log = ProxyLog()
            weak var left: Marker?
            do {
                let marker = Marker()
                left = marker
                let dial: @Sendable (inout Dialer) -> Void = { dialer in
                    withExtendedLifetime(marker) {}
                    if isInTask { dialer.onEvent = { _ in } }
                }
                let host = HostPort.tcp(host: "127.0.0.1", port: hole.port)
                try await withProxy(to: host, log: log, dialer: dial) { proxy in
                    let client = try RawSocket.connecting(to: proxy.addresses[0].port)
                    #expect(try await hole.waitForAttempts(1))
                    await proxy.close()
                    #expect(await client.readAll() == [])
                    #expect(try await hole.waitForAttempts(0))
                    client.close()
                }
            }
            #expect(log.value.failures.isEmpty)
            #expect(log.value.ends.isEmpty)
            try await waitUntil { left == nil }
        }
    }

    @Test("descriptors are kept for hosts that are not dialled yet")
    func descriptors() async {
        await #expect(processExitsWith: .success) {
            let network = Network()
            let local = HostPort.tcp(host: "127.0.0.1", port: 0)
            let name = HostPort.tcp(host: "name", port: 1)
            let proxy = try await Proxy.listen(on: local, to: name, network: network) {
                var dialer = Dialer(on: network)
                dialer.resolver = Resolver { _, _ in
                    try await Task.sleep(for: .seconds(600))
                    return []
                }
                return dialer
            }
            let (events, continuation) = AsyncStream<Endpoint.Event>.makeStream()
            let running = Task { await proxy.run { continuation.yield($0) } }
            let limit = RawSocket.nextDescriptor + 120
            try RawSocket.allowDescriptors(rlim_t(limit))
            var event = events.makeAsyncIterator()
            var count = 0
            while true {
                _ = try RawSocket.connecting(to: proxy.addresses[0].port)
                guard case .accepted? = await event.next() else { break }
                count += 1
            }
            #expect(count > 10)
            // One for each of them, and those that are no peer's.
            #expect(limit - RawSocket.nextDescriptor >= count + 20)
            running.cancel()
            await running.value
        }
    }

    @Test("a host that does not answer costs the client the timeout, and says so")
    func timeout() async throws {
        try await BlackHole.with(at: [.ipv4]) { hole in
            let log = ProxyLog()
            let host = HostPort.tcp(host: "127.0.0.1", port: hole.port)
            let dial: @Sendable (inout Dialer) -> Void = { $0.timeout = .milliseconds(200) }
            try await withProxy(to: host, log: log, dialer: dial) { proxy in
                let client = try RawSocket.connecting(to: proxy.addresses[0].port)
                #expect(await client.readAll() == [])
                client.close()
                try await waitUntil { !log.value.failures.isEmpty }
                #expect(await proxy.connections().isEmpty)
            }
            #expect(log.value.failures == ["cannot dial \"\(host)\": timed out after 0.2 s"])
        }
    }

    @Test("what a client says before its host takes anything is carried, and waits there")
    func early() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let host = HostPort.unix(path: folder.appending(path: "host").path)
        let (network, log, count) = (Network(), ProxyLog(), 1_000_000)
        // The system connects those that the host has not taken in, and holds little for them.
        let listener = try await Listener.listen(on: host, network: network)
        let address = HostPort.tcp(host: "127.0.0.1", port: 0)
        let proxy = try await Proxy.listen(on: address, to: host, network: network) {
            Dialer(on: network)
        }
        let client = try RawSocket.connecting(to: proxy.addresses[0].port)
        async let said: Void = client.write(pattern(count))
        try await Task.sleep(for: .milliseconds(20))
        async let run: Void = proxy.run(onEvent: log.note, witness: log.witness)
        var carried = 0
        try await waitUntil {
            defer { carried = log.total(.toHost) }
            try? await Task.sleep(for: .milliseconds(20))
            return carried > 0 && carried == log.total(.toHost)
        }
        #expect(carried < count)
        let received = Mutex<[UInt8]>([])
        try await withServer(listener) { conn in
            let bytes = try await conn.read(count)
            received.withLock { $0 = bytes }
            try await conn.write("all\n")
        } _: {
            #expect(await client.read(4) == Array("all\n".utf8))
        }
        await said
        #expect(received.withLock { $0 } == pattern(count))
        client.close()
        await proxy.close()
        await run
    }
}
