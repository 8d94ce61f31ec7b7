internal import NIOCore
private import Synchronization

/// The connections of a listener: those that sent nothing so far cost no task.
final class Acceptor: Sendable {
    private struct State {
        var admission: Admission
        var conns: [ObjectIdentifier: Conn] = [:]
        var isEnded = false
        var silence: Duration?
        var onEvent: @Sendable (Listener.Event) -> Void = { _ in }

        mutating func admit(_ conn: Conn) throws {
            if isEnded { throw NetError.closed }
            try admission.admit(conn.remoteAddress)
            conns[ObjectIdentifier(conn)] = conn
        }
    }

    private let state: Mutex<State>
    private let arrivals: AsyncStream<Conn>.Continuation
    /// The connections that have sent something.
    let arrived: AsyncStream<Conn>

    init(_ configuration: Listener.Configuration) {
        state = Mutex(State(admission: Admission(configuration)))
        (arrived, arrivals) = AsyncStream.makeStream()
    }

    /// From now on, tells `onEvent`, and closes what sends nothing for `silence`.
    func begin(
        silence: Duration?,
        _ onEvent: @escaping @Sendable (Listener.Event) -> Void,
    ) {
        state.withLock { state in
            state.silence = silence
            state.onEvent = onEvent
        }
    }

    /// Takes over a new connection; on its event loop, in its channel's initializer.
    ///
    /// - Throws: where it is not to be taken; SwiftNIO closes it then.
    func add(_ channel: any Channel, on network: Network) throws {
        let conn = Conn(channel, on: network)
        let (silence, onEvent) = try admit(conn)
        do {
            try channel.setUp()
            try channel.pipeline.syncOperations.addHandler(ConnHandler(conn))
        } catch {
            remove(conn)
            throw error
        }
        conn.onFirstSign = { [self] conn, sign in showedUp(conn, sign) }
        if let silence { conn.setReadDeadline(.now + silence) }
        onEvent(.accepted(conn.remoteAddress))
    }

    /// Tells that connections could not be accepted for a moment.
    func failed(_ error: any Error) {
        state.withLock { $0.onEvent }(.failed(.cannotAccept(cause: Cause(error))))
    }

    /// The connections that are open.
    var conns: [Conn] { state.withLock { Array($0.conns.values) } }

    /// Forgets a connection that is closed, and tells so once; on its event loop.
    func closed(_ conn: Conn) {
        guard remove(conn) else { return }
        state.withLock { $0.onEvent }(.closed(conn.status))
    }

    /// Takes no more connections, and closes those that sent nothing.
    func end() {
        let conns = state.withLock { state in
            state.isEnded = true
            return Array(state.conns.values)
        }
        arrivals.finish()
        for conn in conns { conn.abortIfSilent() }
    }

    /// Closes the connections that are left when the handlers are done: those that sent something,
    /// but were never handled.
    func abortRest() async {
        for conn in conns {
            try? await conn.perform { conn in
                conn.abort()
                closed(conn)
            }
        }
    }

    private func admit(
        _ conn: Conn
    ) throws -> (silence: Duration?, onEvent: @Sendable (Listener.Event) -> Void) {
        let (result, silence, onEvent) = state.withLock { state in
            (Result { try state.admit(conn) }, state.silence, state.onEvent)
        }
        do {
            try result.get()
            return (silence, onEvent)
        } catch let refusal as Refusal {
            onEvent(.refused(conn.remoteAddress, refusal))
            throw refusal
        }
    }

    @discardableResult
    private func remove(_ conn: Conn) -> Bool {
        state.withLock { state in
            guard state.conns.removeValue(forKey: ObjectIdentifier(conn)) != nil else {
                return false
            }
            state.admission.release(conn.remoteAddress)
            return true
        }
    }

    private func showedUp(_ conn: Conn, _ sign: Conn.FirstSign) {
        switch sign {
        case .bytes:
            conn.setReadDeadline(nil)
            if case .enqueued = arrivals.yield(conn) { return }
        case .silence:
            let (silence, onEvent) = state.withLock { ($0.silence, $0.onEvent) }
            if let silence { onEvent(.fellSilent(conn.remoteAddress, after: silence)) }
        case .end: break
        }
        conn.abort()
        closed(conn)
    }
}
