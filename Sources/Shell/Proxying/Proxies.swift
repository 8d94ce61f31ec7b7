import Net
private import Synchronization

/// The proxies that run: each from when it is opened until it is closed.
package actor Proxies {
    private let network: Network
    private let limits: Limits
    private let dialing: Dialing
    private let news: ConnectionNews
    private let output: Output
    private let overhearing: Overhearing
    private let opened: AsyncStream<Proxy>
    private let begin: AsyncStream<Proxy>.Continuation
    private let bell = Bell()
    private nonisolated let list = Mutex<[Proxy]>([])

    /// Those that run, in the order in which they were opened.
    nonisolated var running: [Proxy] { list.withLock { $0 } }

    /// None yet.
    ///
    /// - Parameters:
    ///   - dialing: How a host is reached, and on whose event loops.
    ///   - limits: Which connections are taken.
    ///   - output: Told of where they listen.
    ///   - news: Told of what happens to connections.
    ///   - overhearing: Shows what is carried.
    init(
        _ dialing: Dialing,
        _ limits: Limits,
        _ output: Output,
        _ news: ConnectionNews,
        _ overhearing: Overhearing,
    ) {
        network = dialing.network
        self.limits = limits
        self.dialing = dialing
        self.output = output
        self.overhearing = overhearing
        self.news = news
        (opened, begin) = AsyncStream.makeStream(of: Proxy.self)
    }

    /// Carries the connections of every proxy that is opened, until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [overhearing] in await overhearing.run() }
            await carry()
            group.cancelAll()
        }
        overhearing.finish()
    }

    private func carry() async {
        await withDiscardingTaskGroup { group in
            for await proxy in opened {
                group.addTask { [news, overhearing] in
                    await proxy.run(onEvent: news.note, witness: overhearing.witness)
                }
            }
            group.cancelAll()
        }
    }

    /// Listens at an address for connections to a host.
    ///
    /// - Throws: `NetError` where the address cannot be had, ``Failure`` where it is the host's own.
    func open(_ address: HostPort, to host: HostPort) async throws -> Proxy {
        let proxy = try await Proxy.listen(
            on: address,
            to: host,
            configuration: limits.connections,
            silence: limits.idleTimeout,
            network: network
        ) { [dialing] in dialing.dialer }
        guard !proxy.addresses.contains(where: { $0.isReached(by: host) }) else {
            await proxy.close()
            let reason = "that is where it would listen itself"
            throw Failure(.usage, "cannot carry anything to \(host): \(reason)")
        }
        // Each connection has another one on the other side.
        DescriptorLimit.raise(forConnections: 2 * limits.maxConnections)
        list.withLock { $0.append(proxy) }
        begin.yield(proxy)
        await output.event(.proxying(proxy.addresses, host))
        return proxy
    }

    /// Closes a proxy and its connections.
    ///
    /// - Returns: How many connections there were.
    func close(_ proxy: Proxy) async -> Int {
        let count = await proxy.connections().count
        list.withLock { $0.removeAll { $0 === proxy } }
        bell.ring()
        await proxy.close()
        await output.event(.proxying([], proxy.host))
        return count
    }

    /// Returns when none runs any more, or the task is cancelled.
    package func waitUntilNoneRuns() async {
        while !running.isEmpty, !Task.isCancelled { await bell.wait() }
    }
}

extension Address {
    /// Whether a host is this address, as far as its name tells.
    fileprivate func isReached(by host: HostPort) -> Bool {
        switch host {
        case .unix(let path): self == .unix(path)
        case .tcp(let name, let port):
            port == self.port && (self.host == name || isLocal && Self.localNames.contains(name))
        }
    }

    private static let localNames = ["", "localhost", "127.0.0.1", "::1"]

    /// Whether connections from this machine to itself come here.
    private var isLocal: Bool { isLoopback || ["::", "0.0.0.0"].contains(host) }
}
