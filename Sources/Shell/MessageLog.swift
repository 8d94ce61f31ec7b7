private import Synchronization

/// The messages received, the latest of them kept: 1,000, or 64 MiB of what was sent; none where
/// nobody can ask for them.
package final class MessageLog: Sendable {
    private struct State {
        var kept: Latest<Message>
        var dropped = 0
    }

    private let countLimit: Int
    private let state: Mutex<State>

    /// A log that is empty.
    package init(countLimit: Int = 1_000, sizeLimit: Int = 64 << 20) {
        self.countLimit = countLimit
        let kept = Latest<Message>(countLimit: countLimit, sizeLimit: sizeLimit) { $0.size }
        state = Mutex(State(kept: kept))
    }

    /// Takes in what a peer sent, and gives it its number.
    package func add(
        _ content: Message.Content,
        command: String,
        from origin: Message.Origin,
    ) -> Message {
        state.withLock { state in
            let message = Message(
                number: state.dropped + state.kept.elements.count + 1,
                time: .now,
                origin: origin,
                command: command,
                content: content
            )
            guard keepsMessages else {
                state.dropped += 1
                return message
            }
            state.dropped += state.kept.append(message).count
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
        state.withLock { $0.dropped + $0.kept.elements.count }
    }

    /// The latest messages, the oldest of them first.
    package func latest(_ count: Int) -> [Message] {
        state.withLock { Array($0.kept.elements.suffix(count)) }
    }

    /// The message of a number, or `nil` where it is not kept any more or has not come yet.
    package subscript(number: Int) -> Message? {
        state.withLock { state in
            let index = number - state.dropped - 1
            return state.kept.elements.indices.contains(index) ? state.kept.elements[index] : nil
        }
    }
}
