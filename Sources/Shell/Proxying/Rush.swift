private import Synchronization

/// How much comes at the moment: where that is so much that the processors have enough to do, other work
/// can wait.
final class Rush: Sendable {
    private struct State {
        var isOn = false
        /// When the present one has begun.
        var start = ContinuousClock.now
        var lastLook = ContinuousClock.now
        var lastCount = 0
    }

    /// How long it takes to see whether there is one.
    private static let moment = Duration.milliseconds(5)
    /// How much comes in such a moment of a rush.
    private static let least = 50
    /// How long a rush is waited for, at most.
    private static let patience = Duration.seconds(2)

    private let count = Atomic(0)
    private let state = Mutex(State())

    /// Something came.
    func note() {
        count.wrappingAdd(1, ordering: .relaxed)
    }

    /// Returns when there is no rush, when it has lasted too long, or when the task is cancelled.
    ///
    /// - Parameter isUrgent: Whether it is not waited for any longer.
    func waitForEnd(unless isUrgent: () -> Bool) async {
        while isToBeWaitedFor, !isUrgent(), !Task.isCancelled {
            try? await Task.sleep(for: Self.moment)
        }
    }

    private var isToBeWaitedFor: Bool {
        let (now, count) = (ContinuousClock.now, count.load(ordering: .relaxed))
        return state.withLock { state in
            let time = now - state.lastLook
            if time >= Self.moment {
                let wasOn = state.isOn
                let moments = time / Self.moment
                state.isOn = Double(count - state.lastCount) >= Double(Self.least) * moments
                if !wasOn { state.start = now }
                (state.lastLook, state.lastCount) = (now, count)
            }
            return state.isOn && now - state.start < Self.patience
        }
    }
}
