/// Code of a server that runs on a connection: for a `Listener` all that happens on it, for an
/// `Endpoint` one command, whose name has been read.
public typealias HandleFunc = nonisolated(nonsending) @Sendable (Conn) async throws -> Void

/// Accepts connections on one or several addresses.
///
/// From when it is made, the system takes connections, which wait until `serve` runs. Whoever made
/// it closes it.
public final class Listener: Sendable {
    /// What happens to the connections of a listener.
    public enum Event: Sendable {
        /// A connection came in from the address.
        case accepted(Address)
        /// A connection from the address was closed at once, for the reason given.
        case refused(Address, Refusal)
        /// A connection of the address sent nothing for as long as it may, and is closed.
        case fellSilent(Address, after: Duration)
        /// A connection is closed.
        case closed(Conn.Status)
        /// The handler of the address's connection threw.
        case handlerFailed(Address, any Error)
        /// A connection could not be accepted; the listener tries again every 100 ms, and tells of it
        /// every 10 s at most.
        case failed(NetError)
    }

    /// Where it listens, in the order asked for, with the ports that the system chose.
    public let addresses: [Address]
    let network: Network
    private let channels: [ListeningChannel]
    let acceptor: Acceptor

    init(
        _ channels: [ListeningChannel],
        at addresses: [Address],
        acceptor: Acceptor,
        on network: Network,
    ) {
        self.network = network
        self.channels = channels
        self.acceptor = acceptor
        self.addresses = addresses
    }

    /// Accepts connections and runs the handler for each, until `close` or the task's cancellation.
    ///
    /// A connection's handler runs in a task of its own on the connection's event loop, from the
    /// first byte on; a connection that ends before it sent one is never handled. The connection is
    /// closed when its handler returns or throws. At the end, handlers that still run are cancelled
    /// and waited for. It may run once.
    ///
    /// - Parameters:
    ///   - silence: how long a connection is kept that has sent nothing yet; `nil` for as long as it
    ///     stays.
    ///   - onEvent: is told of each event, on an event loop, and must not block.
    ///   - handler: handles one connection; what it throws concerns no other.
    public func serve(
        silence: Duration? = nil,
        onEvent: @escaping @Sendable (Event) -> Void = { _ in },
        handler: @escaping HandleFunc,
    ) async {
        await serve(ConnServer(silence: silence, handler: handler), onEvent: onEvent)
    }

    /// Serves the connections, as the other `serve` does.
    func serve(
        _ server: ConnServer,
        onEvent: @escaping @Sendable (Event) -> Void,
    ) async {
        acceptor.begin(server, onEvent)
        await withTaskCancellationHandler {
            await accept(server, onEvent)
        } onCancel: {
            end()
        }
        await acceptor.abortRest()
        await close()
    }

    /// Stops listening, and ends `serve` with its connections; it may be called again.
    ///
    /// When it returns, the port is free, and the file of a unix socket gone.
    public func close() async {
        end()
        for channel in channels { await channel.close() }
    }

    @concurrent
    private func accept(
        _ server: ConnServer,
        _ onEvent: @escaping @Sendable (Event) -> Void,
    ) async {
        // On the loop that accepts, a new connection's task starts without waking another thread.
        await withTaskExecutorPreference(network.accepting) {
            await withDiscardingTaskGroup { group in
                for channel in channels { channel.startAccepting() }
                for await conn in acceptor.arrived {
                    group.addTask(executorPreference: conn.executor) {
                        await self.handle(conn, server, onEvent)
                    }
                }
                group.cancelAll()
            }
        }
    }

    private func handle(
        _ conn: Conn,
        _ server: ConnServer,
        _ onEvent: @escaping @Sendable (Event) -> Void,
    ) async {
        do {
            if try await server.handle(conn) == .rest, acceptor.rest(conn) { return }
        } catch is CancellationError {
            // The listener ends, which is no fault of the handler.
        } catch {
            onEvent(.handlerFailed(conn.remoteAddress, error))
        }
        await conn.close()
        acceptor.closed(conn)
    }

    private func end() {
        acceptor.end()
        for channel in channels { channel.beginClose() }
    }
}
