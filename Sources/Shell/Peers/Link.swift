import Net
private import Synchronization

/// A connection to one host that is kept between conversations, of which there is one at a time, and
/// made again where it is gone.
actor Link {
    /// What the user calls the peer: an alias, or the host as it was typed.
    nonisolated let name: String
    nonisolated let host: HostPort
    /// Told of what happens to the connection while nobody talks, in one row.
    private let notice: @Sendable (String) -> Void
    /// Takes connections whose end is to be waited for: see ``Peers/run()``.
    private let watch: @Sendable (Link, Conn) -> Void
    private var conn: Conn?
    /// Whether a connection ended that was not closed here, and none was made since.
    private var hasLost = false
    private nonisolated let answered = Mutex(true)
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(
        name: String,
        host: HostPort,
        notice: @escaping @Sendable (String) -> Void,
        watch: @escaping @Sendable (Link, Conn) -> Void,
    ) {
        self.name = name
        self.host = host
        self.notice = notice
        self.watch = watch
    }

    /// The address of the other side, while there is a connection.
    var address: Address? { conn?.remoteAddress }

    /// Whether the peer has said that the last thing sent has arrived, as it does not of a struct.
    nonisolated var isAnswered: Bool {
        get { answered.withLock { $0 } }
        set { answered.withLock { $0 = newValue } }
    }

    /// How the connection stands; `nil` where there is none.
    var status: Conn.Status? {
        get async {
            guard let conn else { return nil }
            return try? await conn.perform { $0.status }
        }
    }

    /// Makes the connection, where there is none.
    ///
    /// - Throws: `NetError`.
    func open(_ dialer: Dialer) async throws {
        await enter()
        defer { leave() }
        _ = try await connection(dialer)
    }

    /// Has a conversation, after those before it.
    ///
    /// One that fails ends the connection: what the peer still says of it must not be taken for the
    /// reply to another.
    ///
    /// - Throws: `NetError` where the peer cannot be reached; what `body` throws.
    func converse<Result: Sendable>(
        _ dialer: Dialer,
        _ body: @Sendable (Conn, HostPort) async throws -> Result,
    ) async throws -> Result {
        await enter()
        defer { leave() }
        let conn = try await connection(dialer)
        do {
            return try await conn.perform { [host] conn in try await body(conn, host) }
        } catch {
            self.conn = nil
            await conn.close()
            throw error
        }
    }

    /// Ends the connection, after the conversation that goes on.
    func close() async {
        await enter()
        defer { leave() }
        let conn = conn
        self.conn = nil
        await conn?.close()
    }

    /// Does something that is the last on the connection, and ends it; does nothing where it is gone.
    ///
    /// - Throws: What `body` throws.
    func finish(_ body: @Sendable (Conn, HostPort) async throws -> Void) async throws {
        await enter()
        defer { leave() }
        guard let conn else { return }
        try await end(conn, body)
    }

    /// Has a conversation, as ``converse(_:_:)`` does, that is the last on its connection.
    ///
    /// - Throws: `NetError` where the peer cannot be reached; what `body` throws.
    func converseLast<Result: Sendable>(
        _ dialer: Dialer,
        _ body: @Sendable (Conn, HostPort) async throws -> Result,
    ) async throws -> Result {
        await enter()
        defer { leave() }
        return try await end(try await connection(dialer), body)
    }

    private func end<Result: Sendable>(
        _ conn: Conn,
        _ body: @Sendable (Conn, HostPort) async throws -> Result,
    ) async throws -> Result {
        self.conn = nil
        isAnswered = true
        do {
            let result = try await conn.perform { [host] conn in try await body(conn, host) }
            await conn.close()
            return result
        } catch {
            await conn.close()
            throw error
        }
    }

    /// Takes note of a connection's end that nobody here caused.
    func ended(_ ended: Conn) async {
        guard conn === ended, !isBusy else { return }
        conn = nil
        hasLost = true
        notice("\(name) closed the connection; the next send makes it again")
        await ended.close()
    }

    /// The connection that there is, if the peer has not ended it, or a new one.
    private func connection(_ dialer: Dialer) async throws -> Conn {
        if let conn {
            let (hasEnded, unasked) = try await conn.perform { ($0.hasEnded, $0.readWaiting()) }
            if !unasked.isEmpty {
                notice(unasked.unasked(by: name))
            }
            guard hasEnded else { return conn }
            self.conn = nil
            hasLost = true
            await conn.close()
        }
        let made = try await dialer.dial(host)
        conn = made
        if hasLost { notice("\(name) is there again") }
        hasLost = false
        watch(self, made)
        return made
    }

    private func enter() async {
        guard isBusy else {
            isBusy = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        guard !waiting.isEmpty else {
            isBusy = false
            return
        }
        waiting.removeFirst().resume()
    }
}

extension [UInt8] {
    /// That a peer said this without having been asked, in a row for the user.
    func unasked(by name: String) -> String {
        "\(name) said, unasked: \(Harmless.quoted(textPrefix(200)))"
    }
}
