internal import NIOCore
private import Synchronization

/// The connections of a listener that nobody has accepted yet: those that sent nothing so far cost
/// no task.
final class Acceptor: Sendable {
    private struct State {
        var silent: [ObjectIdentifier: Conn] = [:]
        var isEnded = false
        var onEvent: @Sendable (Listener.Event) -> Void = { _ in }
    }

    private let state = Mutex(State())
    private let arrivals: AsyncStream<Conn>.Continuation
    /// The connections that have sent something.
    let arrived: AsyncStream<Conn>

    init() {
        (arrived, arrivals) = AsyncStream.makeStream()
    }

    /// From now on, tells `onEvent`.
    func observe(_ onEvent: @escaping @Sendable (Listener.Event) -> Void) {
        state.withLock { $0.onEvent = onEvent }
    }

    /// Takes over a new connection; on its event loop, in its channel's initializer.
    func add(_ channel: any Channel, on network: Network) throws {
        try channel.setUp()
        let conn = Conn(channel, on: network)
        let handler = ConnHandler(conn) { [self] conn, sign in
            showedUp(conn, sign)
        }
        try channel.pipeline.syncOperations.addHandler(handler)
        let onEvent = try state.withLock { state in
            if state.isEnded { throw NetError.closed }
            state.silent[ObjectIdentifier(conn)] = conn
            return state.onEvent
        }
        onEvent(.accepted(conn.remoteAddress))
    }

    /// Tells that connections could not be accepted for a moment.
    func failed(_ error: any Error) {
        state.withLock { $0.onEvent }(.failed(.cannotAccept(cause: Cause(error))))
    }

    /// Takes no more connections, and closes those that sent nothing.
    func end() {
        let silent = state.withLock { state in
            state.isEnded = true
            defer { state.silent = [:] }
            return state.silent.values
        }
        arrivals.finish()
        for conn in silent { conn.abort() }
    }

    private func showedUp(_ conn: Conn, _ sign: ConnHandler.FirstSign) {
        let onEvent = state.withLock { state in
            state.silent[ObjectIdentifier(conn)] = nil
            return state.onEvent
        }
        if sign == .bytes, case .enqueued = arrivals.yield(conn) { return }
        conn.abort()
        onEvent(.closed(conn.remoteAddress))
    }
}
