/// Makes connections to other machines, or to this one.
///
/// A dial looks the host's name up and makes a ``DialPlan`` of its addresses. Where it has addresses
/// of both IP families, the first address's family is tried first, and the other beside it when that
/// takes long or fails (RFC 8305); the first connection made is the result, and no other is left.
public struct Dialer: Sendable {
    /// How long a dial may take in all, the look-up of the name included.
    ///
    /// What is left of it is shared among the addresses that are tried one after another: each gets
    /// an equal part, and at least two seconds.
    public var timeout: Duration
    /// When a dial has to be done, if that is earlier than the timeout says.
    public var deadline: ContinuousClock.Instant?
    /// Which IP addresses of a host are dialled.
    public var transport = Transport.tcp
    /// An IP address of this machine that connections come from, its port 0 for any that is free; nil
    /// where the system chooses.
    ///
    /// Only addresses of the same family are dialled. Unix sockets have nothing to do with it.
    public var localAddress: Address?
    /// How long the family of the first address is alone before the other one is tried beside it; nil
    /// where they are tried one after the other.
    public var fallbackDelay: Duration? = .milliseconds(300)
    /// How long a connection is idle before the system asks for a sign of life of its peer, and how
    /// often it asks then, in whole seconds, rounded up; nil where it never asks.
    public var keepAlive: Duration?
    /// Who finds the addresses of names.
    public var resolver = Resolver.system
    /// Who is told of what happens, on any thread; must not block.
    public var onEvent: (@Sendable (Event) -> Void)?
    let network: Network

    /// A dialer whose connections live on the loops of `network`.
    public init(
        on network: Network,
        timeout: Duration = .seconds(10),
        keepAlive: Duration? = .seconds(15)
    ) {
        self.network = network
        self.timeout = timeout
        self.keepAlive = keepAlive
    }

    /// Connects to the host, written as `HostPort` says.
    ///
    /// - Throws: as the other `dial` does, and `NetError.badHost`.
    public func dial(_ host: String, defaultPort: UInt16 = 61000) async throws -> Conn {
        try await dial(HostPort(host, defaultPort: defaultPort))
    }

    /// Connects to the host.
    ///
    /// The caller closes the connection. A task that is cancelled returns at once, with nothing left
    /// behind.
    ///
    /// - Throws: `NetError.cannotDial` with what failed, for each address where that differs, or
    ///   `CancellationError`.
    public func dial(_ host: HostPort) async throws -> Conn {
        try await dial(host) { try await connect(to: $0, within: $1) }
    }

    /// Connects to the host in a way of the caller's, who closes the connection.
    ///
    /// - Throws: as the other `dial` does.
    func dial<Connection: Dialled>(
        _ host: HostPort,
        through connector: @escaping Connector<Connection>,
    ) async throws -> Connection {
        let time = DialTime(self)
        let start = ContinuousClock.now
        let plan = try await planToDial(host, time)
        onEvent?(.planned(host, plan, in: .now - start))
        switch await connect(plan, time, through: connector) {
        case .connected(let connection):
            guard Task.isCancelled else { return connection }
            connection.abort()
            throw CancellationError()
        case .failed(let failures):
            throw NetError.cannotDial(host, failures, after: time.total)
        case .cancelled: throw CancellationError()
        }
    }

    /// Connects to the host, runs `body` on the connection's event loop, and closes the connection.
    ///
    /// - Throws: as `dial` does, and what `body` throws.
    public func withConn<Result>(
        _ host: HostPort,
        _ body: sending (Conn) async throws -> sending Result,
    ) async throws -> sending Result {
        let conn = try await dial(host)
        do {
            let result = try await conn.perform(body)
            await conn.close()
            return result
        } catch {
            await conn.close()
            throw error
        }
    }

    private func planToDial(_ host: HostPort, _ time: DialTime) async throws -> DialPlan {
        do {
            return try await plan(for: host, time)
        } catch NetError.cannotResolve(_, let reason) {
            let cause = Cause.nameDoesNotResolve(reason: reason)
            throw NetError.cannotDial(host: "\(host)", cause: cause)
        }
    }
}
