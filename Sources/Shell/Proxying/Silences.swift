import Net
private import Synchronization

/// The conversations of which bytes wait for what may follow them, and until when.
final class Silences: Sendable {
    private typealias Waiting = (conversation: Overheard, end: ContinuousClock.Instant)

    private let waiting = Mutex<[Int: Waiting]>([:])

    /// How long nothing follows bytes that are shown as they are.
    private static let limit = Duration.milliseconds(100)

    /// When the first of them is to be shown; `nil` where none waits.
    var next: ContinuousClock.Instant? { waiting.withLock { $0.values.map(\.end).min() } }

    /// Takes note that something was said, or was shown.
    func note(_ conversation: Overheard) {
        let isWaiting = conversation.isWaiting
        waiting.withLock { waiting in
            let id = conversation.ends.connection
            guard isWaiting || waiting[id] != nil else { return }
            waiting[id] = isWaiting ? (conversation, .now + Self.limit) : nil
        }
    }

    /// Takes those in which nothing followed for so long.
    func take() -> [Overheard] {
        waiting.withLock { waiting in
            guard !waiting.isEmpty else { return [] }
            let now = ContinuousClock.now
            let due = waiting.filter { $0.value.end <= now }
            for id in due.keys { waiting[id] = nil }
            return due.sorted { $0.key < $1.key }.map(\.value.conversation)
        }
    }
}
