private import Synchronization

/// Carries the connections that come to an address on to a host, and back, unchanged.
///
/// Neither side can tell it from the other, but by the addresses: bytes are sent on as they come, a
/// stream that ends is ended on the other side, too, and a connection that breaks is broken off. The
/// network's observer is told nothing of it: what goes over a conversation is told to its witness.
///
/// It has threads of its own, which use the system's epoll: all that is done there is to hand bytes
/// on, for which SwiftNIO's channels take about as long as the system itself.
public final class Proxy: Sendable {
    /// Where it was asked to listen.
    public let address: HostPort
    /// To where everything is carried.
    public let host: HostPort
    private let sockets: [ListeningSocket]
    private let threads: [ForwardingThread]
    private let limits: Listener.Configuration
    private let silence: Duration?
    private let network: Network
    private let dialer: @Sendable () -> Dialer
    private let isClosed = Mutex(false)

    /// Where it listens, in the order asked for, with the ports that the system chose.
    public var addresses: [Address] { sockets.map(\.address) }

    private init(
        _ sockets: [ListeningSocket],
        on address: HostPort,
        to host: HostPort,
        _ limits: Listener.Configuration,
        _ silence: Duration?,
        _ network: Network,
        _ dialer: @escaping @Sendable () -> Dialer,
    ) throws {
        self.sockets = sockets
        self.address = address
        self.host = host
        self.limits = limits
        self.silence = silence
        self.network = network
        self.dialer = dialer
        var threads: [ForwardingThread] = []
        do throws(SystemFault) {
            for _ in network.executors { threads.append(try ForwardingThread()) }
        } catch {
            for thread in threads { thread.post { $0.end() } }
            sockets.close()
            throw NetError.cannotListen(address: "\(address)", cause: error.cause)
        }
        self.threads = threads
    }

    /// Listens on an address for connections to a host; they wait until `run`.
    ///
    /// - Parameters:
    ///   - address: where to listen, as a `Listener` does.
    ///   - host: to where the connections are carried.
    ///   - configuration: which connections are taken.
    ///   - silence: how long nothing may go either way on a connection; `nil` where that may be for
    ///     ever.
    ///   - network: numbers the connections, and has as many loops as the proxy has threads.
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
        let sockets = try await [ListeningSocket](on: address, keepAlive: configuration.keepAlive)
        return try Proxy(sockets, on: address, to: host, configuration, silence, network, dialer)
    }

    /// Carries the connections, until `close` or the task's cancellation; it may run once.
    ///
    /// A client whose host cannot be reached is closed, and an event says why.
    ///
    /// - Parameters:
    ///   - onEvent: is told of each event, on one of the proxy's threads, and must not block.
    ///   - witness: gives each conversation who is told of it, when the host is reached; on its thread.
    public func run(
        onEvent: @escaping @Sendable (Endpoint.Event) -> Void = { _ in },
        witness: @escaping @Sendable (Ends) -> Witness? = { _ in nil },
    ) async {
        let service = ProxyService(
            to: host,
            limits,
            silence: silence,
            network,
            dialer,
            onEvent: onEvent,
            witness: witness
        )
        threads[0].post { [sockets, threads] loop in
            for socket in sockets { Intake(socket, for: service, on: loop, threads).begin() }
        }
        await withTaskCancellationHandler {
            for thread in threads { await thread.waitForEnd() }
        } onCancel: {
            end()
        }
        await close()
    }

    /// Stops listening, and ends `run` with its connections; it may be called again.
    ///
    /// When it returns, the port is free, and the file of a unix socket gone.
    public func close() async {
        end()
        for thread in threads { await thread.waitForEnd() }
        isClosed.withLock { isClosed in
            if !isClosed { sockets.close() }
            isClosed = true
        }
    }

    /// The connections of clients that are open, the oldest first.
    public func connections() async -> [Conn.Status] {
        var all: [Conn.Status] = []
        for thread in threads {
            all += await withCheckedContinuation { continuation in
                let isPosted = thread.post { continuation.resume(returning: $0.statuses) }
                if !isPosted { continuation.resume(returning: []) }
            }
        }
        return all.sorted { $0.opened < $1.opened }
    }

    private func end() {
        for socket in sockets { socket.removeFile() }
        for thread in threads { thread.post { $0.end() } }
    }
}
