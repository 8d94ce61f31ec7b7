private import Synchronization

/// The messages received, the latest of them kept: 1,000, or 64 MiB of what was sent; none where
/// nobody can ask for them.
package final class MessageLog: Sendable {
    private struct State {
        var messages: [Message] = []
        var dropped = 0
        var size = 0
    }

    private let countLimit: Int
    private let sizeLimit: Int
    private let state = Mutex(State())

    /// A log that is empty.
    package init(countLimit: Int = 1_000, sizeLimit: Int = 64 << 20) {
        self.countLimit = countLimit
        self.sizeLimit = sizeLimit
    }

    /// Takes in what a peer sent, and gives it its number.
    package func add(
        _ content: Message.Content,
        command: String,
        from origin: Message.Origin,
    ) -> Message {
        state.withLock { state in
            let message = Message(
                number: state.dropped + state.messages.count + 1,
                time: .now,
                origin: origin,
                command: command,
                content: content
            )
            guard keepsMessages else {
                state.dropped += 1
                return message
            }
            state.messages.append(message)
            state.size += message.size
            trim(&state)
            return message
        }
    }

    /// Whether messages can be asked for.
    var keepsMessages: Bool { countLimit > 0 }

    /// Takes note of a message that nobody can ask for.
    func count() {
        state.withLock { $0.dropped += 1 }
    }

    /// How many messages were received, those no longer kept included.
    package var total: Int {
        state.withLock { $0.dropped + $0.messages.count }
    }

    /// The latest messages, the oldest of them first.
    package func latest(_ count: Int) -> [Message] {
        state.withLock { Array($0.messages.suffix(count)) }
    }

    /// The message of a number, or `nil` where it is not kept any more or has not come yet.
    package subscript(number: Int) -> Message? {
        state.withLock { state in
            let index = number - state.dropped - 1
            return state.messages.indices.contains(index) ? state.messages[index] : nil
        }
    }

    /// Drops the oldest in blocks, so that a message costs a constant time; one is always kept.
    private func trim(_ state: inout State) {
        var excess = 0
        if state.messages.count >= countLimit + max(1, countLimit / 4) {
            excess = state.messages.count - countLimit
        }
        var size = state.size - state.messages.prefix(excess).reduce(0) { $0 + $1.size }
        while size > sizeLimit, excess < state.messages.count - 1 {
            size -= state.messages[excess].size
            excess += 1
        }
        guard excess > 0 else { return }
        state.messages.removeFirst(excess)
        state.dropped += excess
        state.size = size
    }
}
