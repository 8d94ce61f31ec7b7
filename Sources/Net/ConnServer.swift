/// What a listener does with its connections, each of which has a task only while it needs one.
struct ConnServer: Sendable {
    /// Takes a connection over, on its event loop, from when it is there; it calls `done` there, once,
    /// when all is over, with the error that ended it, if one did.
    typealias Taking =
        @Sendable (_ conn: Conn, _ done: @escaping (_ error: (any Error)?) -> Void) -> Void

    /// What is done when a task has done its part.
    enum Next {
        /// The connection needs no task until it sends more.
        case rest
        case close
    }

    /// Has a connection from its beginning to its end, without a task; `nil` where one has it.
    let take: Taking?
    /// Does what can be done at once with what has arrived, on the event loop.
    ///
    /// False where a task is needed.
    let attend: @Sendable (Conn) -> Bool
    /// Does the rest, in a task of its own on the event loop.
    let handle: nonisolated(nonsending) @Sendable (Conn) async throws -> Next
    /// How long a connection without a task may be silent; `nil` where it may for ever.
    let silence: Duration?

    /// A server that has a task for a connection from its first byte to its end.
    init(silence: Duration?, handler: @escaping HandleFunc) {
        self.silence = silence
        take = nil
        attend = { _ in false }
        handle = { conn in
            try await handler(conn)
            return .close
        }
    }

    /// A server that has each connection without a task.
    ///
    /// Where a listener ends, what is in ``Conn/onStop`` is called, and has `done` be called.
    init(taking take: @escaping Taking) {
        silence = nil
        self.take = take
        attend = { _ in false }
        handle = { _ in .close }
    }

    /// A server of these parts.
    init(
        silence: Duration?,
        attend: @escaping @Sendable (Conn) -> Bool,
        handle: nonisolated(nonsending) @escaping @Sendable (Conn) async throws -> Next,
    ) {
        self.silence = silence
        take = nil
        self.attend = attend
        self.handle = handle
    }
}
