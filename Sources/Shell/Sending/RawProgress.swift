private import Synchronization

/// How far the sending of pieces is.
final class RawProgress: Sendable {
    private struct State {
        var sentCount = 0
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// How many pieces were handed to the system.
    var sentCount: Int { state.withLock { $0.sentCount } }
    /// Whether nothing more is sent.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Takes note that a piece is handed to the system.
    func noteSent() {
        state.withLock { $0.sentCount += 1 }
    }

    /// Takes note that nothing more is sent.
    func noteEnd() {
        state.withLock { $0.hasEnded = true }
    }
}
