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
        var sockets: [ListeningSocket] = []
        var chosen: UInt16?
        for address in addresses {
            let port = address.port == 0 ? chosen ?? 0 : address.port
            let wanted = address.with(port: port)
            do {
                let socket = try await network.bind(wanted, acceptor, configuration)
                sockets.append(socket)
                chosen = chosen ?? socket.address.port
            } catch {
                let cause = (error as? UnixSocketFile.Fault)?.cause ?? Cause(error)
                if cause.isMissingAddress, mayMiss(address) { continue }
                for socket in sockets { await socket.close() }
                throw NetError.cannotListen(address: "\(wanted)", cause: cause)
            }
        }
        return Listener(sockets, acceptor: acceptor, on: network)
    }
}
