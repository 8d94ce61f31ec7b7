import Gob
import Net
private import Synchronization

/// A conversation of two programs that a proxy carries: what is known of it.
final class Overheard: Sendable {
    private struct State {
        var assembly: Assembly
        var annotator = Annotator()
        var commands = 0
    }

    /// Its two ends.
    let ends: Proxy.Ends
    private let limits: Limits
    private let cache: GobTypeCache
    private let state: Mutex<State>

    /// One in which nothing was said yet.
    init(_ ends: Proxy.Ends, _ limits: Limits, _ cache: GobTypeCache) {
        self.ends = ends
        self.limits = limits
        self.cache = cache
        state = Mutex(State(assembly: Assembly(limits, cache)))
    }

    /// How many commands were put together so far.
    var commands: Int { state.withLock { $0.commands } }

    /// How many bytes are kept, because what they belong to is not whole.
    var size: Int { state.withLock { $0.assembly.size } }

    /// Begins anew, with a command, after something was missed.
    ///
    /// - Returns: What is left of what came before.
    func restart() -> [Heard] {
        state.withLock { state in
            defer { (state.assembly, state.annotator) = (Assembly(limits, cache), Annotator()) }
            return state.assembly.end()
        }
    }

    /// Whether there are bytes that ``pause()`` returns.
    var isWaiting: Bool { state.withLock { $0.assembly.isWaiting } }

    /// What there is of bytes, since nothing follows them for a while.
    func pause() -> [Heard] { state.withLock { $0.assembly.pause() } }

    /// Takes what is said next, and returns what is whole then.
    func take(
        _ bytes: [UInt8],
        from speaker: Annotator.Speaker,
        room: Int,
        _ handler: (String) -> Handler?,
    ) -> [Heard] {
        state.withLock { state in
            let heard = state.assembly.take(bytes, from: speaker, room: room, handler: handler)
            state.commands += heard.count { $0.role == .command }
            return heard
        }
    }

    /// The bytes that are said next, with what they mean.
    func notes(
        on bytes: [UInt8],
        from speaker: Annotator.Speaker,
        _ handler: (String) -> Handler?,
    ) -> [Note] {
        state.withLock { $0.annotator.notes(on: bytes, from: speaker) { handler($0)?.form } }
    }

    /// Who says something, and to whom.
    func route(from speaker: Annotator.Speaker) -> (sender: Address, recipient: Address) {
        switch speaker {
        case .client: (ends.client, ends.host)
        case .server: (ends.host, ends.client)
        }
    }
}
