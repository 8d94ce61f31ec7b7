private import Synchronization

/// The messages that wait for the screen: the latest 10,000 at least, or as many as have 64 MiB.
///
/// Those before them are counted only.
final class ShowingQueue: Sendable {
    private struct State {
        var messages: Latest<Message>
        var dropped = 0
        /// When messages were taken last.
        var lastTaken = ContinuousClock.now
    }

    /// How long the screen may stand still before it is not waited for.
    private static let patience = Duration.seconds(1)

    private let countLimit: Int
    private let state: Mutex<State>
    private let bell = Bell()

    /// None waits yet.
    init(countLimit: Int = 10_000, sizeLimit: Int = 64 << 20) {
        self.countLimit = countLimit
        let messages = Latest<Message>(countLimit: countLimit, sizeLimit: sizeLimit) { $0.size }
        state = Mutex(State(messages: messages))
    }

    /// Adds a message.
    ///
    /// - Returns: Those that will not be shown.
    func add(_ message: Message) -> [Message] {
        let dropped = state.withLock { state in
            let dropped = state.messages.append(message)
            state.dropped += dropped.count
            return dropped
        }
        bell.ring()
        return dropped
    }

    /// Whether it is not half full, or nobody takes them.
    var hasRoom: Bool {
        state.withLock { state in
            state.messages.elements.count < countLimit / 2
                || state.lastTaken + Self.patience < .now
        }
    }

    /// Takes the oldest messages, and how many before them were dropped since the last time.
    func take(_ count: Int) -> (messages: [Message], dropped: Int) {
        state.withLock { state in
            defer { (state.dropped, state.lastTaken) = (0, .now) }
            return (state.messages.takeFirst(count), state.dropped)
        }
    }

    /// Returns when there may be one, or the task is cancelled.
    func wait() async {
        await bell.wait()
    }
}
