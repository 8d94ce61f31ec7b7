private import Synchronization

/// Lets one task wait until another says that there is something new.
final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes the task that waits, or the next one that would.
    func ring() {
        let waiter = state.withLock { state in
            state.isRung = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns when it was rung since the last time, or the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    precondition(state.waiter == nil, "one task at a time waits")
                    guard !state.isRung, !Task.isCancelled else { return false }
                    state.waiter = continuation
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
        state.withLock { $0.isRung = false }
    }

    /// Returns when it was rung since the last time, at a moment, or when the task is cancelled.
    func wait(until moment: ContinuousClock.Instant) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                try? await Task.sleep(until: moment)
                self.ring()
            }
            await wait()
            group.cancelAll()
        }
    }
}
