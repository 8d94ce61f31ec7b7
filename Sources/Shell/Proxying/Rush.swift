private import Synchronization

/// How much comes at the moment: where that is so much that the processors have enough to do, other work
/// can wait.
final class Rush: Sendable {
    /// How soon it is looked again whether it has ended.
    private static let pause = Duration.milliseconds(5)

    private let count = Atomic(0)
    private let meter = Mutex(RushMeter(at: .now))

    /// A piece of so many bytes came; each 4 KiB of it are as much work as a small one.
    func note(_ size: Int) {
        count.wrappingAdd(1 + size >> 12, ordering: .relaxed)
    }

    /// Returns when there is no rush, when it has lasted too long, or when the task is cancelled.
    ///
    /// - Parameter isUrgent: Whether it is not waited for any longer.
    func waitForEnd(unless isUrgent: () -> Bool) async {
        while isToBeWaitedFor, !isUrgent(), !Task.isCancelled {
            try? await Task.sleep(for: Self.pause)
        }
    }

    private var isToBeWaitedFor: Bool {
        let count = count.load(ordering: .relaxed)
        return meter.withLock { $0.isToBeWaitedFor(count: count, at: .now) }
    }
}

/// Tells a rush from what comes at other times.
struct RushMeter {
    /// How long it takes to see whether there is one.
    private static let moment = Duration.milliseconds(5)
    /// How much comes in such a moment of a rush.
    private static let least = 50.0
    /// How long there is less until a rush is over: programs that are busy pause for some milliseconds,
    /// too, when they collect garbage.
    private static let calm = Duration.milliseconds(30)
    /// How long a rush is waited for, at most.
    private static let patience = Duration.seconds(2)

    /// When the present rush has begun; `nil` where there is none.
    private var start: ContinuousClock.Instant?
    /// When there was so much last.
    private var lastMuch: ContinuousClock.Instant
    private var lastLook: ContinuousClock.Instant
    private var lastCount = 0

    /// Nothing came until now.
    init(at now: ContinuousClock.Instant) {
        (lastMuch, lastLook) = (now, now)
    }

    /// Looks whether there is a rush.
    ///
    /// - Parameters:
    ///   - count: How much came until now, in all.
    ///   - now: The present time.
    /// - Returns: Whether there is one that has not lasted too long.
    mutating func isToBeWaitedFor(count: Int, at now: ContinuousClock.Instant) -> Bool {
        let time = now - lastLook
        if time >= Self.moment {
            if Double(count - lastCount) >= Self.least * (time / Self.moment) {
                (start, lastMuch) = (start ?? now, now)
            } else if now - lastMuch >= Self.calm {
                start = nil
            }
            (lastLook, lastCount) = (now, count)
        }
        return start.map { now - $0 < Self.patience } ?? false
    }
}
