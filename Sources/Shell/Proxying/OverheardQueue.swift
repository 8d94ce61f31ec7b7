import Net
private import Synchronization

/// What was overheard and was not looked at yet: so many bytes at most, so that the connections that
/// it comes from never wait.
///
/// Bytes beyond that are counted only. The conversation that they are of is taken up again where a
/// command begins with the bytes that come.
final class OverheardQueue: Sendable {
    /// What happens in conversations.
    enum Item: Sendable {
        case begin(Overheard)
        case bytes([UInt8], Annotator.Speaker, Overheard)
        /// Some were missed; here it goes on with a command.
        case restart(Overheard)
        case end(Overheard, Proxy.Total, Proxy.Rupture?)

        /// How many bytes it has.
        fileprivate var size: Int {
            guard case .bytes(let bytes, _, _) = self else { return 0 }
            return bytes.count
        }
    }

    private struct State {
        var items = Backlog<Item> { $0.size }
        var missed = 0
        /// The connections of which bytes were missed.
        var lost: Set<Int> = []
    }

    private let limit: Int
    private let handler: @Sendable (String) -> Handler?
    private let state = Mutex(State())
    private let bell = Bell()

    /// Nothing was overheard yet.
    ///
    /// - Parameters:
    ///   - limit: How many bytes may wait.
    ///   - handler: What is known of a command by its name.
    init(limit: Int = 128 << 20, handler: @escaping @Sendable (String) -> Handler?) {
        self.limit = limit
        self.handler = handler
    }

    /// Adds the beginning of a conversation.
    func begin(_ conversation: Overheard) {
        state.withLock { $0.items.append(.begin(conversation)) }
        bell.ring()
    }

    /// Adds what is said next, or counts it.
    func put(_ bytes: [UInt8], from speaker: Annotator.Speaker, in conversation: Overheard) {
        let id = conversation.ends.connection
        let isTaken = state.withLock { state in
            let hasRoom = state.items.size + bytes.count <= limit
            let wasLost = state.lost.contains(id)
            guard hasRoom, !wasLost || speaker == .client && beginsCommand(bytes) else {
                state.missed += bytes.count
                state.lost.insert(id)
                return false
            }
            if wasLost {
                state.lost.remove(id)
                state.items.append(.restart(conversation))
            }
            state.items.append(.bytes(bytes, speaker, conversation))
            return true
        }
        if isTaken { bell.ring() }
    }

    /// Adds the end of a conversation.
    func end(_ conversation: Overheard, _ total: Proxy.Total, _ rupture: Proxy.Rupture?) {
        state.withLock { state in
            state.lost.remove(conversation.ends.connection)
            state.items.append(.end(conversation, total, rupture))
        }
        bell.ring()
    }

    /// Whether a quarter of it is empty.
    var hasRoom: Bool { state.withLock { $0.items.size < limit / 4 * 3 } }

    /// Takes the oldest, some of them, and how many bytes were missed since the last time.
    func take() -> (items: [Item], missed: Int) {
        state.withLock { state in
            defer { state.missed = 0 }
            return (state.items.takeFirst(), state.missed)
        }
    }

    /// Returns when there may be something, at a moment, or when the task is cancelled.
    func wait(until moment: ContinuousClock.Instant?) async {
        guard let moment else { return await bell.wait() }
        await bell.wait(until: moment)
    }

    /// Whether bytes begin with the name line of a command that is known.
    private func beginsCommand(_ bytes: [UInt8]) -> Bool {
        let start = bytes.prefix(CommandCutter.nameLimit)
        guard let end = start.firstIndex(of: lineEnd) else { return false }
        let name = String(validating: Handler.name(ofLine: Array(start[..<end])), as: UTF8.self)
        return name.flatMap(handler) != nil
    }
}
