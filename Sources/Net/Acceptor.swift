internal import NIOCore
private import Synchronization

/// The connections of a listener, and which of them have a task.
///
/// One that rests, because it has sent nothing so far or everything it sent is handled, costs no task:
/// what arrives is handled at once, on its event loop, where that is possible.
final class Acceptor: Sendable {
    private struct State {
        var admission: Admission
        var turnover = Turnover()
        var conns: [ObjectIdentifier: Conn] = [:]
        var isEnded = false
        var server = ConnServer(silence: nil) { _ in }
        var onEvent: @Sendable (Listener.Event) -> Void = { _ in }

        mutating func admit(_ conn: Conn) throws {
            if isEnded { throw NetError.closed }
            try admission.admit(conn.remoteAddress)
            conns[ObjectIdentifier(conn)] = conn
        }
    }

    private let state: Mutex<State>
    private let arrivals: AsyncStream<Conn>.Continuation
    /// The connections that need a task.
    let arrived: AsyncStream<Conn>

    init(_ configuration: Listener.Configuration) {
        state = Mutex(State(admission: Admission(configuration)))
        (arrived, arrivals) = AsyncStream.makeStream()
    }

    /// From now on, has connections served, and tells `onEvent`.
    func begin(
        _ server: ConnServer,
        _ onEvent: @escaping @Sendable (Listener.Event) -> Void,
    ) {
        state.withLock { state in
            state.server = server
            state.onEvent = onEvent
        }
    }

    /// Takes over a new connection; on its event loop, in its channel's initializer.
    ///
    /// - Throws: where it is not to be taken; SwiftNIO closes it then.
    func add(_ channel: any Channel, on network: Network) throws {
        let conn = Conn(channel, isIncoming: true, on: network)
        let (server, onEvent) = try admit(conn)
        do {
            try channel.setUp()
            try channel.pipeline.syncOperations.addHandler(ConnHandler(conn))
        } catch {
            remove(conn)
            throw error
        }
        rest(conn, server, onEvent)
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

    /// Takes no more connections, and closes those that rest.
    func end() {
        let conns = state.withLock { state in
            state.isEnded = true
            return Array(state.conns.values)
        }
        arrivals.finish()
        for conn in conns { conn.abortIfResting() }
    }

    /// Closes the connections that are left when the tasks are done: those that needed one and never
    /// got it.
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
    ) throws -> (server: ConnServer, onEvent: @Sendable (Listener.Event) -> Void) {
        let (result, server, onEvent, isQuick) = state.withLock { state in
            (
                Result { try state.admit(conn) },
                state.server, state.onEvent, state.turnover.isQuick(at: conn.opened)
            )
        }
        if isQuick, conn.executor === conn.network.accepting { conn.network.repeatTurn() }
        do {
            try result.get()
            return (server, onEvent)
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
            state.turnover.noteClosed(opened: conn.opened)
            return true
        }
    }

    /// Takes back a connection whose task has done all there was to do, on the event loop.
    ///
    /// - Returns: false where the listener has ended.
    func rest(_ conn: Conn) -> Bool {
        let (isEnded, server, onEvent) = state.withLock { ($0.isEnded, $0.server, $0.onEvent) }
        guard !isEnded else { return false }
        rest(conn, server, onEvent)
        if conn.inbox.release() { conn.channel.read() }
        // What came, or went, before the task ended.
        if conn.hasEnded {
            conn.show(.end)
        } else if conn.hasInput {
            conn.show(.bytes)
        }
        return true
    }

    private func rest(
        _ conn: Conn,
        _ server: ConnServer,
        _ onEvent: @escaping @Sendable (Listener.Event) -> Void,
    ) {
        conn.isResting = true
        conn.onSign = { [self] conn, sign in
            switch sign {
            case .bytes: attend(conn, server)
            case .end: ended(conn, onEvent)
            case .silence:
                // While it closes, what is still to be sent has a time of its own.
                guard conn.isOpen else { return }
                if let silence = server.silence {
                    onEvent(.fellSilent(conn.remoteAddress, after: silence))
                }
                conn.abort()
            }
        }
        conn.setReadDeadline(server.silence.map { .now + $0 })
    }

    /// Does at once what can be done, and else has a task do it.
    private func attend(_ conn: Conn, _ server: ConnServer) {
        guard conn.isOpen else { return }
        if server.attend(conn) {
            if let silence = server.silence { conn.setReadDeadline(.now + silence) }
            return
        }
        begin(conn)
    }

    /// Has a task do all that there is to do on a connection.
    private func begin(_ conn: Conn) {
        conn.isResting = false
        conn.onSign = nil
        conn.setReadDeadline(nil)
        guard case .enqueued = arrivals.yield(conn) else {
            conn.abort()
            return closed(conn)
        }
    }

    /// Closes a connection whose stream has ended, when its replies are sent; then forgets it.
    private func ended(_ conn: Conn, _ onEvent: @Sendable (Listener.Event) -> Void) {
        guard conn.isClosed else { return conn.beginClose() }
        conn.isResting = false
        conn.onSign = nil
        if conn.bytesReceived > 0, let error = conn.loss {
            onEvent(.handlerFailed(conn.remoteAddress, error))
        }
        closed(conn)
    }
}
