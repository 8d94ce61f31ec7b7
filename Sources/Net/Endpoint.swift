private import Synchronization

/// Answers commands by name: a connection carries any number, each a name line and its data.
///
/// The name line is ended by `\n` and trimmed of spaces and `\r`; names are case-sensitive. A handler
/// reads its command's data and writes the reply, which is sent when the next read has to wait.
public final class Endpoint: Sendable {
    /// What happens on the endpoint's connections.
    public enum Event: Sendable {
        /// A peer has connected.
        case accepted(Address)
        /// The peer's connection was closed at once, for the reason given.
        case refused(peer: Address, Refusal)
        /// The peer sent a command that has no handler; its connection is closed without a reply.
        case commandNotRegistered(peer: Address, name: [UInt8])
        /// The peer's command, nil where its name did not arrive whole, failed; its connection is
        /// closed.
        case failed(peer: Address, command: String?, error: any Error)
        /// The peer's command was answered in so much time, counted from when its name was read; told
        /// where the configuration asks for it.
        case answered(peer: Address, command: String, in: Duration)
        /// A peer's connection is closed.
        case closed(Conn.Status)
        /// A connection could not be accepted; accepting goes on.
        case acceptFailed(NetError)
    }

    /// What a handler throws that has answered its command, and wants the connection closed when the
    /// answer is sent; no fault.
    public struct ConnectionEnd: Error {
        /// An end.
        public init() {}
    }

    /// What it allows its peers.
    public let configuration: Configuration
    private let handlers = Mutex(HandlerTable())
    private let onEvent: @Sendable (Event) -> Void

    /// An endpoint without handlers.
    ///
    /// - Parameters:
    ///   - configuration: what it allows its peers.
    ///   - onEvent: is told of each event, on an event loop, and must not block.
    public init(
        _ configuration: Configuration = Configuration(),
        onEvent: @escaping @Sendable (Event) -> Void = { _ in },
    ) {
        self.configuration = configuration
        self.onEvent = onEvent
    }

    /// The names that have a handler, sorted.
    public var names: [String] {
        handlers.withLock { $0.names }
    }

    /// Has the handler answer the command `name`, from the next such command on, in place of any
    /// before it; it may be called at any time.
    ///
    /// - Parameters:
    ///   - name: the command's name, without spaces at its ends.
    ///   - quick: does the same at once where nothing has to be waited for, which costs a fraction.
    ///   - handler: reads the command's data and replies.
    public func addHandleFunc(
        _ name: String,
        quick: QuickFunc? = nil,
        _ handler: @escaping HandleFunc,
    ) {
        handlers.withLock { $0.set(name, quick: quick, handler) }
    }

    /// Has nothing answer the command any more; it may be called at any time.
    ///
    /// - Returns: false where nothing answered it.
    @discardableResult
    public func removeHandleFunc(_ name: String) -> Bool {
        handlers.withLock { $0.remove(name) }
    }

    /// Answers the commands of all connections of the listener, until the listener is closed or the
    /// task cancelled; then all its connections are closed.
    public func run(_ listener: Listener) async {
        await listener.serve(server) { [onEvent] event in onEvent(Event(event)) }
    }

    private var server: ConnServer {
        ConnServer(silence: configuration.idleTimeout) { [self] conn in
            answerAtOnce(conn)
        } handle: { [self] conn in
            try await answer(conn) ? .rest : .close
        }
    }

    /// Answers the commands of one connection until it ends, or one fails; the caller closes it.
    ///
    /// - Throws: what reading a name throws; what a handler throws goes to `onEvent` only.
    public func serve(_ conn: Conn) async throws {
        while try await waitForCommand(conn), try await answer(conn) {}
    }

    /// Waits for the first byte of a command; false at the end of the stream.
    private func waitForCommand(_ conn: Conn) async throws -> Bool {
        if conn.hasInput { return true }
        conn.limitReads(to: configuration.idleTimeout)
        do {
            return try await conn.waitForInput()
        } catch NetError.timedOut {
            throw configuration.idleTimeout.map { .idleTooLong(limit: $0) } ?? NetError.timedOut
        }
    }

    /// Answers what has arrived and needs no waiting; false where something is left.
    private func answerAtOnce(_ conn: Conn) -> Bool {
        // To tell how long each takes costs more than some of them do.
        if configuration.reportsAnswers { return false }
        return conn.handleAtOnce(handlers.withLock { $0 }, nameLimit: configuration.nameLimit)
    }

    /// Answers the commands that have begun; false where no other is to be read.
    private func answer(_ conn: Conn) async throws -> Bool {
        conn.limitWrites(to: configuration.commandTimeout)
        repeat {
            try await conn.flush()
            if answerAtOnce(conn) { return true }
            if conn.hasInput, try await !answerOne(conn) { return false }
        } while conn.hasInput
        try await conn.flush()
        return true
    }

    /// Answers one command; false where no other is to be read.
    private func answerOne(_ conn: Conn) async throws -> Bool {
        guard let line = try await readName(conn) else { return false }
        guard let (name, handle) = handlers.withLock({ $0.handler(named: line) }) else {
            onEvent(.commandNotRegistered(peer: conn.remoteAddress, name: line))
            return false
        }
        do {
            let start = configuration.reportsAnswers ? ContinuousClock.now : nil
            let goesOn = try await run(handle, conn)
            conn.countMessage()
            if let start {
                let peer = conn.remoteAddress
                onEvent(.answered(peer: peer, command: name, in: .now - start))
            }
            return goesOn
        } catch is CancellationError {
            return false
        } catch {
            let error = reason(error, conn)
            onEvent(.failed(peer: conn.remoteAddress, command: name, error: error))
            return false
        }
    }

    /// Runs a handler; false where it ends the connection.
    private func run(_ handle: HandleFunc, _ conn: Conn) async throws -> Bool {
        do {
            try await handle(conn)
            return true
        } catch is ConnectionEnd {
            return false
        }
    }

    /// Reads the next command's name; nil at the end of the stream.
    private func readName(_ conn: Conn) async throws -> [UInt8]? {
        conn.limitReads(to: configuration.commandTimeout)
        do {
            return try await conn.readName(limit: configuration.nameLimit)
        } catch {
            throw reason(error, conn)
        }
    }

    /// The limit that an error is about, where it is about one of the endpoint's.
    private func reason(_ error: any Error, _ conn: Conn) -> any Error {
        guard case NetError.timedOut = error, conn.isReadLimited,
            let limit = configuration.commandTimeout
        else { return error }
        return NetError.commandTooSlow(limit: limit)
    }
}

extension Endpoint.Event {
    /// What an event of a listener is to those who look at commands.
    init(_ event: Listener.Event) {
        self =
            switch event {
            case .accepted(let peer): .accepted(peer)
            case .refused(let peer, let refusal): .refused(peer: peer, refusal)
            case .fellSilent(let peer, let limit):
                .failed(peer: peer, command: nil, error: NetError.idleTooLong(limit: limit))
            case .closed(let status): .closed(status)
            case .failed(let error): .acceptFailed(error)
            case .handlerFailed(let peer, let error):
                .failed(peer: peer, command: nil, error: error)
            }
    }
}

extension Conn {
    /// Reads a name line, trimmed; nil at the end of the stream, even after a few blanks.
    fileprivate func readName(limit: Int) async throws -> [UInt8]? {
        do {
            return try await readLine(limit: limit).map(trimmed)
        } catch NetError.closedInside {
            let rest = try await read(upTo: limit)
            guard trimmed(rest ?? []).isEmpty else { throw NetError.closedInside }
            return nil
        }
    }
}

private func trimmed(_ line: [UInt8]) -> [UInt8] {
    line.withUnsafeBytes { Array($0.trimmed) }
}
