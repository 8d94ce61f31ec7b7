/// Finds the addresses of names.
public struct Resolver: Sendable {
    /// Finds the IP addresses of a name, in the order in which they are to be tried; their ports do
    /// not matter.
    ///
    /// It must end soon after its task is cancelled. Addresses that the transport does not admit are
    /// left out afterwards, and so are those that came before.
    public let lookUp: @Sendable (_ name: String, _ transport: Transport) async throws -> [Address]

    /// A resolver that asks in a way of its own.
    public init(
        lookUp:
            @escaping @Sendable (_ name: String, _ transport: Transport) async throws -> [Address]
    ) {
        self.lookUp = lookUp
    }
}

extension Address {
    /// Finds the addresses of a host, in the order in which they are to be tried.
    ///
    /// Nothing is looked up for an IP address, for no host, which is this machine, and for a unix
    /// socket, which has no transport.
    ///
    /// - Parameters:
    ///   - host: what to find.
    ///   - transport: which IP addresses count.
    ///   - resolver: who is asked for a name.
    /// - Returns: at least one address, and none twice.
    /// - Throws: `NetError.cannotResolve`, what the resolver throws, or `CancellationError`.
    public static func resolve(
        _ host: HostPort,
        over transport: Transport = .tcp,
        with resolver: Resolver = .system,
    ) async throws -> [Address] {
        try Task.checkCancellation()
        switch host {
        case .unix(let path): return [.unix(path)]
        case .tcp(let name, let port):
            let found: [Address] =
                if let known = host.knownAddresses {
                    known
                } else {
                    try await resolver.lookUp(name, transport)
                }
            return try admitted(found, transport, name, port)
        }
    }

    private static func admitted(
        _ found: [Address],
        _ transport: Transport,
        _ name: String,
        _ port: UInt16,
    ) throws -> [Address] {
        var addresses: [Address] = []
        for address in found.map({ $0.with(port: port) }) where transport.admits(address) {
            if !addresses.contains(address) { addresses.append(address) }
        }
        guard !addresses.isEmpty else {
            let reason = "it has no \(transport.addressName) address"
            throw NetError.cannotResolve(host: name, reason: reason)
        }
        return addresses
    }
}

extension HostPort {
    /// The addresses of a host for which nothing is looked up; nil for a name.
    var knownAddresses: [Address]? {
        switch self {
        case .tcp("", let port): Address.loopback(port: port)
        case .tcp(let name, let port): Address(literal: name, port: port).map { [$0] }
        case .unix(let path): [.unix(path)]
        }
    }
}
