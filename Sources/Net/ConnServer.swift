/// What a listener does with its connections, each of which has a task only while it needs one.
struct ConnServer: Sendable {
    /// What is done when a task has done its part.
    enum Next {
        /// The connection needs no task until it sends more.
        case rest
        case close
    }

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
        attend = { _ in false }
        handle = { conn in
            try await handler(conn)
            return .close
        }
    }

    /// A server of these parts.
    init(
        silence: Duration?,
        attend: @escaping @Sendable (Conn) -> Bool,
        handle: nonisolated(nonsending) @escaping @Sendable (Conn) async throws -> Next,
    ) {
        self.silence = silence
        self.attend = attend
        self.handle = handle
    }
}
