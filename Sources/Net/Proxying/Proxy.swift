internal import NIOCore

/// Carries the connections that come to an address on to a host, and back, unchanged.
///
/// Neither side can tell it from the other, but by the addresses: bytes are sent on as they come, a
/// stream that ends is ended on the other side, too, and a connection that breaks is broken off. The
/// network's observer is told nothing of it: what goes over a conversation is told to its witness.
public final class Proxy: Sendable {
    /// Where it was asked to listen.
    public let address: HostPort
    /// To where everything is carried.
    public let host: HostPort
    /// The only address of the host, where it is known without a look-up.
    private let hostAddress: Address?
    private let listener: Listener
    private let dialer: @Sendable () -> Dialer
    /// How long nothing may go either way on a connection; `nil` where that may be for ever.
    private let silence: Duration?

    /// Where it listens, in the order asked for, with the ports that the system chose.
    public var addresses: [Address] { listener.addresses }

    private init(
        _ listener: Listener,
        on address: HostPort,
        to host: HostPort,
        _ silence: Duration?,
        _ dialer: @escaping @Sendable () -> Dialer,
    ) {
        self.listener = listener
        self.address = address
        self.host = host
        hostAddress = host.knownAddresses.flatMap { $0.count == 1 ? $0[0] : nil }
        self.silence = silence
        self.dialer = dialer
    }

    /// Listens on an address for connections to a host; they wait until `run`.
    ///
    /// - Parameters:
    ///   - address: where to listen, as a `Listener` does.
    ///   - host: to where the connections are carried.
    ///   - configuration: which connections are taken.
    ///   - silence: how long nothing may go either way on a connection; `nil` where that may be for
    ///     ever.
    ///   - network: whose loops carry the connections.
    ///   - dialer: makes each connection to the host; its network does not matter.
    /// - Returns: the proxy; who got it closes it.
    /// - Throws: as `Listener.listen` does.
    public static func listen(
        on address: HostPort,
        to host: HostPort,
        configuration: Listener.Configuration = Listener.Configuration(),
        silence: Duration? = nil,
        network: Network,
        dialer: @escaping @Sendable () -> Dialer,
    ) async throws -> Proxy {
        let listener = try await Listener.listen(
            on: address,
            configuration: configuration,
            network: Network(unobserved: network)
        )
        return Proxy(listener, on: address, to: host, silence, dialer)
    }

    /// Carries the connections, until `close` or the task's cancellation; it may run once.
    ///
    /// A client whose host cannot be reached is closed, and an event says why.
    ///
    /// - Parameters:
    ///   - onEvent: is told of each event, on an event loop, and must not block.
    ///   - witness: gives each conversation who is told of it, when the host is reached; on its event
    ///     loop.
    public func run(
        onEvent: @escaping @Sendable (Endpoint.Event) -> Void = { _ in },
        witness: @escaping @Sendable (Ends) -> Witness? = { _ in nil },
    ) async {
        let server = ConnServer { [self] client, done in carry(client, witness, done) }
        await listener.serve(server) { onEvent(Endpoint.Event($0)) }
    }

    /// Stops listening, and ends `run` with its connections; it may be called again.
    public func close() async {
        await listener.close()
    }

    /// The connections of clients that are open, the oldest first.
    public func connections() async -> [Conn.Status] {
        await listener.connections()
    }

    /// Carries what comes over a connection, without a task, until all is over.
    private func carry(
        _ client: Conn,
        _ witness: @escaping (Ends) -> Witness?,
        _ done: @escaping ((any Error)?) -> Void,
    ) {
        var dialer = dialer()
        dialer.network = listener.network
        // Beside the client's, so that bytes go from one to the other without another thread.
        let dialling = dialer.begin(host, at: hostAddress, on: client.executor)
        client.onStop = dialling.cancel
        dialling.conn.assumeIsolated().whenComplete { [silence] result in
            switch result {
            case .failure(let error): done(error)
            case .success(let host):
                let witness = witness(Ends(client, host))
                Pipe(client, host, silence: silence, witness).run(done)
            }
        }
    }
}

extension Proxy.Ends {
    fileprivate init(_ client: Conn, _ host: Conn) {
        connection = client.id
        self.client = client.remoteAddress
        local = client.localAddress
        self.host = host.remoteAddress
    }
}
