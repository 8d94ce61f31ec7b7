import Net
import Synchronization
import Testing

/// What is told of a proxy's conversations.
final class ProxyLog: Sendable {
    struct State {
        var bytes: [Proxy.Direction: [UInt8]] = [:]
        var ends: [Proxy.Ends] = []
        var ruptures: [Proxy.Rupture?] = []
        var failures: [String] = []
    }

    private let state = Mutex(State())
    /// Whether bytes are kept, and not only counted.
    private let keepsBytes: Bool
    private let count = Mutex<[Proxy.Direction: Int]>([:])

    init(keepsBytes: Bool = true) {
        self.keepsBytes = keepsBytes
    }

    var value: State { state.withLock { $0 } }

    /// How many bytes were carried.
    func total(_ direction: Proxy.Direction) -> Int { count.withLock { $0[direction, default: 0] } }

    func witness(_ ends: Proxy.Ends) -> Proxy.Witness {
        state.withLock { $0.ends.append(ends) }
        let own = Mutex<[Proxy.Direction: Int]>([:])
        return Proxy.Witness { [self] direction, bytes in
            count.withLock { $0[direction, default: 0] += bytes.count }
            own.withLock { $0[direction, default: 0] += bytes.count }
            if keepsBytes { state.withLock { $0.bytes[direction, default: []] += bytes } }
        } onEnd: { [self] total, rupture in
            let counted = own.withLock { $0 }
            for (direction, size) in [
                (Proxy.Direction.toHost, total.bytesToHost), (.toClient, total.bytesToClient),
            ] {
                // Where a side is gone, some of what was on its way is dropped.
                let dropped = counted[direction, default: 0] - size
                #expect(rupture == nil ? dropped == 0 : 0...65_536 ~= dropped)
            }
            state.withLock { $0.ruptures.append(rupture) }
        }
    }

    func note(_ event: Endpoint.Event) {
        switch event {
        case .failed(_, _, let error): state.withLock { $0.failures.append("\(error)") }
        case .refused(_, let refusal): state.withLock { $0.failures.append("\(refusal)") }
        case .accepted, .answered, .closed, .commandNotRegistered, .acceptFailed: break
        }
    }
}

/// A proxy in front of a host, for as long as `body` runs.
func withProxy<Result: Sendable>(
    to host: HostPort,
    on address: HostPort = .tcp(host: "127.0.0.1", port: 0),
    limits: Listener.Configuration = Listener.Configuration(),
    silence: Duration? = nil,
    log: ProxyLog = ProxyLog(),
    dialer change: @escaping @Sendable (inout Dialer) -> Void = { _ in },
    _ body: (Proxy) async throws -> Result,
) async throws -> Result {
    let network = Network()
    let proxy = try await Proxy.listen(
        on: address,
        to: host,
        configuration: limits,
        silence: silence,
        network: network
    ) {
        // For a machine that is busy with other tests.
        var dialer = Dialer(on: network, timeout: .seconds(60))
        change(&dialer)
        return dialer
    }
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await proxy.run(onEvent: log.note, witness: log.witness) }
        do {
            let result = try await body(proxy)
            await proxy.close()
            return result
        } catch {
            await proxy.close()
            throw error
        }
    }
}

/// The two ends of a conversation that a proxy carries, each a socket of the system's.
struct Conversing {
    let client: RawSocket
    let host: RawSocket
    let proxy: Proxy
    let log: ProxyLog
}

/// A conversation that a proxy carries, for as long as `body` runs, which closes both sockets.
func withConversation<Result: Sendable>(
    silence: Duration? = nil,
    log: ProxyLog = ProxyLog(),
    _ body: (Conversing) async throws -> Result,
) async throws -> Result {
    let listening = try RawSocket.listening(backlog: 8)
    defer { listening.close() }
    let host = HostPort.tcp(host: "127.0.0.1", port: listening.port)
    return try await withProxy(to: host, silence: silence, log: log) { proxy in
        let client = try RawSocket.connecting(to: proxy.addresses[0].port)
        let host = await listening.accepting()
        return try await body(Conversing(client: client, host: host, proxy: proxy, log: log))
    }
}

/// Waits until something is so.
func waitUntil(_ isSo: () async -> Bool) async throws {
    for _ in 0..<10_000 {
        if await isSo() { return }
        try await Task.sleep(for: .milliseconds(1))
    }
    Issue.record("it did not come to be so within 10 s")
}
