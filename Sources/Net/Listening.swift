internal import NIOCore
internal import NIOPosix

extension Listener {
    /// Listens on the host, written as `HostPort` says; the port 0 asks for any free one.
    ///
    /// `localhost` is 127.0.0.1 and ::1, and no host, as in `:61000`, every interface, in both
    /// families. A machine without IPv6 gets IPv4 only.
    ///
    /// - Throws: `NetError.cannotListen`, with `Cause.addressInUse` where the next port may be free;
    ///   `badHost`; `cannotResolve`.
    public static func listen(
        on host: String = "localhost",
        defaultPort: UInt16 = 61000,
        configuration: Configuration = Configuration(),
        network: Network,
    ) async throws -> Listener {
        let host = try HostPort(host, defaultPort: defaultPort, ports: 0...65535)
        return try await listen(on: host, configuration: configuration, network: network)
    }

    /// Listens on the host, as the other `listen` does.
    public static func listen(
        on host: HostPort,
        configuration: Configuration = Configuration(),
        network: Network,
    ) async throws -> Listener {
        switch host {
        case .tcp("localhost", let port):
            let addresses = Address.loopback(port: port)
            return try await bind(addresses, configuration, network) { $0 != addresses[0] }
        case .tcp("", let port):
            do {
                let any = Address.ipv6(0, 0, port: port)
                return try await bind([any], configuration, network)
            } catch NetError.cannotListen(_, let cause) where cause.isMissingAddress {
                let any = Address.ipv4(0, 0, 0, 0, port: port)
                return try await bind([any], configuration, network)
            }
        case .tcp, .unix:
            return try await bind(Address.resolve(host), configuration, network)
        }
    }

    /// Listens on all the addresses; those with the port 0 get the same port.
    ///
    /// - Throws: `NetError.cannotListen` for the first that cannot be had; then none is listened on.
    public static func listen(
        on addresses: [Address],
        configuration: Configuration = Configuration(),
        network: Network,
    ) async throws -> Listener {
        try await bind(addresses, configuration, network)
    }

    /// Tries again with another port where one that the system chose for the first address is taken
    /// at the next.
    private static func bind(
        _ addresses: [Address],
        _ configuration: Configuration,
        _ network: Network,
        mayMiss: (Address) -> Bool = { _ in false },
    ) async throws -> Listener {
        precondition(!addresses.isEmpty, "a listener needs an address")
        for _ in 1..<16 {
            do {
                return try await bindOnce(addresses, configuration, network, mayMiss: mayMiss)
            } catch NetError.cannotListen(_, .addressInUse)
                where addresses.count > 1 && addresses[0].port == 0
            {
                continue
            }
        }
        return try await bindOnce(addresses, configuration, network, mayMiss: mayMiss)
    }

    private static func bindOnce(
        _ addresses: [Address],
        _ configuration: Configuration,
        _ network: Network,
        mayMiss: (Address) -> Bool,
    ) async throws -> Listener {
        let acceptor = Acceptor(configuration)
        var channels: [any Channel] = []
        var chosen: UInt16?
        for address in addresses {
            let port = address.port == 0 ? chosen ?? 0 : address.port
            do {
                let channel = try await network.bind(address.with(port: port), acceptor)
                channels.append(channel)
                chosen = chosen ?? Address(channel.localAddress)?.port
            } catch {
                let cause = Cause(error)
                if cause.isMissingAddress, mayMiss(address) { continue }
                for channel in channels { try? await channel.close() }
                throw NetError.cannotListen(address: "\(address.with(port: port))", cause: cause)
            }
        }
        return Listener(channels, acceptor: acceptor, on: network)
    }
}

extension Network {
    /// Listens on one address; nothing is accepted yet.
    fileprivate func bind(_ address: Address, _ acceptor: Acceptor) async throws -> any Channel {
        try await ServerBootstrap(group: executors[0].eventLoop, childGroup: eventLoops)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = AcceptErrorHandler(acceptor)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try acceptor.add(channel, on: self) }
            }
            .bind(to: address.socketAddress)
            .get()
    }
}
