package import Net

/// The part of the program that listens: at most one listener, begun, moved and ended at any time.
package actor Reception {
    /// Where to listen.
    package enum Place: Sendable, Equatable {
        /// On this machine's own addresses, at the protocol's port or the next one that is free.
        case anyPort
        /// Exactly there.
        case address(HostPort)
    }

    /// The protocol's port.
    package static let port: UInt16 = 61000
    /// How many ports are tried where none was asked for.
    private static let portCount: UInt16 = 100

    private let network: Network
    private let output: Output
    /// What answers the connections.
    nonisolated let endpoint: Endpoint
    private let configuration: Listener.Configuration
    private let listeners: AsyncStream<Listener>
    private let begin: AsyncStream<Listener>.Continuation
    private var listener: Listener?
    /// Whether the protocol's port was wanted and another was taken.
    private(set) var hasYieldedPort = false

    /// A reception that does not listen yet.
    ///
    /// - Parameters:
    ///   - network: Whose event loops carry the connections.
    ///   - limits: How much peers may ask.
    ///   - output: Told of where it listens.
    ///   - news: Told of what happens to connections.
    init(network: Network, limits: Limits, output: Output, news: ConnectionNews) {
        self.network = network
        self.output = output
        configuration = limits.connections
        var commands = limits.commands
        commands.reportsAnswers = news.isVerbose
        endpoint = Endpoint(commands, onEvent: news.note)
        (listeners, begin) = AsyncStream.makeStream(of: Listener.self)
    }

    /// Answers the connections of every listener that is opened, until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await listener in listeners {
                group.addTask { [endpoint] in await endpoint.run(listener) }
            }
            group.cancelAll()
        }
        await listener?.close()
        listener = nil
    }

    /// Answers the connections of another listener, until it is closed or the task cancelled.
    package nonisolated func answer(_ listener: Listener) async {
        await endpoint.run(listener)
    }

    /// Where it listens; empty where it does not.
    package var addresses: [Address] { listener?.addresses ?? [] }

    /// Listens at a place, and no longer where it did before.
    ///
    /// - Throws: `NetError` where the place cannot be had; what listened before goes on.
    package func open(_ place: Place) async throws {
        let opened =
            switch place {
            case .anyPort: try await listenAtNextFreePort()
            case .address(let host): try await listen(at: host)
            }
        hasYieldedPort = place == .anyPort && opened.addresses.first?.port != Self.port
        let before = listener
        listener = opened
        begin.yield(opened)
        await before?.close()
        await output.event(.listening(opened.addresses))
    }

    /// Listens no longer; the connections are closed.
    ///
    /// - Returns: How many there were.
    package func close() async -> Int {
        let (closed, count) = (listener, await connections().count)
        listener = nil
        hasYieldedPort = false
        await closed?.close()
        await output.event(.listening([]))
        return count
    }

    /// The connections that came in and are open, the oldest first.
    package func connections() async -> [Conn.Status] {
        await listener?.connections() ?? []
    }

    private func listen(at host: HostPort) async throws -> Listener {
        do {
            return try await listener(on: host)
        } catch NetError.cannotResolve(_, let reason) {
            throw Failure(
                .cannotListen,
                "cannot listen on \(host): name does not resolve (\(reason))"
            )
        }
    }

    private func listener(on host: HostPort) async throws -> Listener {
        try await Listener.listen(on: host, configuration: configuration, network: network)
    }

    private func listenAtNextFreePort() async throws -> Listener {
        for port in Self.port..<Self.port + Self.portCount {
            do {
                let host = HostPort.tcp(host: "localhost", port: port)
                return try await listener(on: host)
            } catch NetError.cannotListen(_, .addressInUse) {
                continue
            }
        }
        let last = Self.port + Self.portCount - 1
        throw Failure(
            .cannotListen,
            "cannot listen: the ports \(Self.port) to \(last) are all taken"
        )
    }
}
