import Net
private import Synchronization

/// How many connections there are at once, to notice when many of them have gone.
final class Crowd: Sendable {
    /// So many have used memory that is worth giving back.
    private static let size = 256
    /// When only one in so many is left, the others have gone.
    private static let rest = 4
    private struct State {
        var open = 0
        var most = 0
        var isWaiting = false
        /// Whether it has gone but for a rest, which may go, too.
        var isWaning = false

        var hasGone: Bool {
            (most >= Crowd.size || isWaning) && open <= most / Crowd.rest
        }
    }

    private let state = Mutex(State())
    private let delay: Duration
    private let onGone: @Sendable () async -> Void

    /// Nobody is there yet.
    ///
    /// - Parameters:
    ///   - delay: how long after a crowd has gone it is acted upon, and so how often at most.
    ///   - onGone: called then, on any thread.
    init(delay: Duration = .seconds(1), onGone: @escaping @Sendable () async -> Void) {
        self.delay = delay
        self.onGone = onGone
    }

    /// Counts a connection that comes or goes.
    func note(_ event: Endpoint.Event) {
        switch event {
        case .accepted: enter()
        case .closed: leave()
        case .refused, .answered, .commandNotRegistered, .failed, .acceptFailed: break
        }
    }

    /// A connection has come.
    func enter() {
        state.withLock { state in
            state.open += 1
            state.most = max(state.most, state.open)
        }
    }

    /// A connection has gone.
    func leave() {
        let isOver = state.withLock { state in
            state.open -= 1
            guard state.hasGone, !state.isWaiting else { return false }
            state.isWaiting = true
            return true
        }
        guard isOver else { return }
        Task {
            try? await Task.sleep(for: delay)
            await settle()
        }
    }

    private func settle() async {
        let hasGone = state.withLock { state in
            state.isWaiting = false
            guard state.hasGone else { return false }
            state.most = state.open
            state.isWaning = state.open > 0
            return true
        }
        if hasGone { await onGone() }
    }
}
