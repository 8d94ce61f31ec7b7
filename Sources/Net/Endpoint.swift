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

    /// What it allows its peers.
    public let configuration: Configuration
    private let handlers = Mutex<[String: HandleFunc]>([:])
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
        handlers.withLock { $0.keys.sorted() }
    }

    /// Has the handler answer the command `name`, from the next such command on, in place of any
    /// before it; it may be called at any time.
    public func addHandleFunc(_ name: String, _ handler: @escaping HandleFunc) {
        handlers.withLock { $0[name] = handler }
    }

    /// Has nothing answer the command any more; it may be called at any time.
    ///
    /// - Returns: false where nothing answered it.
    @discardableResult
    public func removeHandleFunc(_ name: String) -> Bool {
        handlers.withLock { $0.removeValue(forKey: name) } != nil
    }

    /// Answers the commands of all connections of the listener, until the listener is closed or the
    /// task cancelled; then all its connections are closed.
    public func run(_ listener: Listener) async {
        await listener.serve(silence: configuration.idleTimeout) { [onEvent] event in
            switch event {
            case .accepted(let peer): onEvent(.accepted(peer))
            case .refused(let peer, let refusal): onEvent(.refused(peer: peer, refusal))
            case .fellSilent(let peer, let limit):
                let error = NetError.idleTooLong(limit: limit)
                onEvent(.failed(peer: peer, command: nil, error: error))
            case .closed(let status): onEvent(.closed(status))
            case .failed(let error): onEvent(.acceptFailed(error))
            case .handlerFailed(let peer, let error):
                onEvent(.failed(peer: peer, command: nil, error: error))
            }
        } handler: { [self] conn in
            try await serve(conn)
        }
    }

    /// Answers the commands of one connection until it ends, or one fails; the caller closes it.
    ///
    /// - Throws: what reading a name throws; what a handler throws goes to `onEvent` only.
    public func serve(_ conn: Conn) async throws {
        conn.limitWrites(to: configuration.commandTimeout)
        while let line = try await nextName(conn) {
            let name = String(decoding: line, as: UTF8.self)
            guard let handler = handlers.withLock({ $0[name] }) else {
                return onEvent(.commandNotRegistered(peer: conn.remoteAddress, name: line))
            }
            do {
                let start = configuration.reportsAnswers ? ContinuousClock.now : nil
                try await handler(conn)
                conn.countMessage()
                if let start {
                    let peer = conn.remoteAddress
                    onEvent(.answered(peer: peer, command: name, in: .now - start))
                }
            } catch is CancellationError {
                return
            } catch {
                let error = reason(error, conn)
                return onEvent(.failed(peer: conn.remoteAddress, command: name, error: error))
            }
        }
    }

    /// Reads the next command's name; nil at the end of the stream.
    private func nextName(_ conn: Conn) async throws -> [UInt8]? {
        if !conn.hasInput {
            conn.limitReads(to: configuration.idleTimeout)
            do {
                guard try await conn.waitForInput() else { return nil }
            } catch NetError.timedOut {
                throw configuration.idleTimeout.map { .idleTooLong(limit: $0) }
                    ?? NetError.timedOut
            }
        }
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

/// The line without spaces and carriage returns at its ends.
private func trimmed(_ line: [UInt8]) -> [UInt8] {
    var (start, end) = (0, line.count)
    while start < end, isBlank(line[start]) { start += 1 }
    while start < end, isBlank(line[end - 1]) { end -= 1 }
    return end - start == line.count ? line : Array(line[start..<end])
}

private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r")
}
