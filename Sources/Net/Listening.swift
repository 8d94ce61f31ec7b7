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
        let sockets = try await [ListeningSocket](on: host, keepAlive: configuration.keepAlive)
        return try await listen(sockets, configuration, network)
    }

    /// Listens on all the addresses; those with the port 0 get the same port.
    ///
    /// - Throws: `NetError.cannotListen` for the first that cannot be had; then none is listened on.
    public static func listen(
        on addresses: [Address],
        configuration: Configuration = Configuration(),
        network: Network,
    ) async throws -> Listener {
        let sockets = try [ListeningSocket](at: addresses, keepAlive: configuration.keepAlive)
        return try await listen(sockets, configuration, network)
    }

    private static func listen(
        _ sockets: [ListeningSocket],
        _ configuration: Configuration,
        _ network: Network,
    ) async throws -> Listener {
        let acceptor = Acceptor(configuration)
        var channels: [ListeningChannel] = []
        for (index, socket) in sockets.enumerated() {
            do {
                channels.append(try await network.channel(socket, acceptor))
            } catch {
                for channel in channels { await channel.close() }
                Array(sockets[(index + 1)...]).close()
                throw NetError.cannotListen(address: "\(socket.address)", cause: Cause(error))
            }
        }
        let addresses = sockets.map(\.address)
        return Listener(channels, at: addresses, acceptor: acceptor, on: network)
    }
}

extension [ListeningSocket] {
    /// Listens on a host, as ``Listener/listen(on:configuration:network:)-(HostPort,_,_)`` does.
    ///
    /// - Throws: `NetError`.
    init(on host: HostPort, keepAlive: Duration?) async throws {
        switch host {
        case .tcp("localhost", let port):
            let addresses = Address.loopback(port: port)
            try self.init(at: addresses, keepAlive: keepAlive) { $0 != addresses[0] }
        case .tcp("", let port):
            do {
                try self.init(at: [.ipv6(0, 0, port: port)], keepAlive: keepAlive)
            } catch NetError.cannotListen(_, let cause) where cause.isMissingAddress {
                try self.init(at: [.ipv4(0, 0, 0, 0, port: port)], keepAlive: keepAlive)
            }
        case .tcp, .unix:
            try self.init(at: await Address.resolve(host), keepAlive: keepAlive)
        }
    }

    /// Listens on all the addresses; those with the port 0 get the same port.
    ///
    /// Tries again with another port where one that the system chose for the first address is taken
    /// at the next.
    ///
    /// - Throws: `NetError.cannotListen`.
    init(
        at addresses: [Address],
        keepAlive: Duration?,
        mayMiss: (Address) -> Bool = { _ in false },
    ) throws {
        precondition(!addresses.isEmpty, "a listener needs an address")
        for _ in 1..<16 {
            do {
                self = try Self.listening(at: addresses, keepAlive, mayMiss)
                return
            } catch NetError.cannotListen(_, .addressInUse)
                where addresses.count > 1 && addresses[0].port == 0
            {
                continue
            }
        }
        self = try Self.listening(at: addresses, keepAlive, mayMiss)
    }

    private static func listening(
        at addresses: [Address],
        _ keepAlive: Duration?,
        _ mayMiss: (Address) -> Bool,
    ) throws -> Self {
        var sockets: Self = []
        for address in addresses {
            let port = address.port == 0 ? sockets.first?.address.port ?? 0 : address.port
            let wanted = address.with(port: port)
            do {
                sockets.append(try ListeningSocket(at: wanted, keepAlive: keepAlive))
            } catch {
                if error.cause.isMissingAddress, mayMiss(address) { continue }
                sockets.close()
                throw NetError.cannotListen(address: "\(wanted)", cause: error.cause)
            }
        }
        return sockets
    }

    /// Closes those that nobody has begun to use.
    func close() {
        for socket in self {
            socket.removeFile()
            socket.socket.close()
        }
    }
}
