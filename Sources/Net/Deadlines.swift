internal import NIOCore

/// One thing that waits for a point in time.
final class Deadline {
    /// When it was last asked to fire; it may be later than its place in the heap says.
    fileprivate var due: ContinuousClock.Instant?
    fileprivate var key: ContinuousClock.Instant = .now
    fileprivate var index: Int?
    fileprivate let fire: () -> Void

    init(fire: @escaping () -> Void) {
        self.fire = fire
    }
}

/// The deadlines of one event loop: a heap by time, and one timer for the earliest.
///
/// To move a deadline to a later time, which is what nearly always happens, only stores the time.
/// SwiftNIO's own timers cost a search through all of them when one is cancelled.
struct Deadlines {
    private let eventLoop: any EventLoop
    private var heap: [Deadline] = []
    private var timer: (at: ContinuousClock.Instant, task: Scheduled<Void>)?

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Has the deadline fire at `due`, or not at all.
    mutating func set(_ deadline: Deadline, to due: ContinuousClock.Instant?) {
        deadline.due = due
        guard let due else { return remove(deadline) }
        guard let index = deadline.index else { return insert(deadline, at: due) }
        guard due < deadline.key else { return }
        deadline.key = due
        siftUp(index)
    }

    /// Takes out what is due at `now`; the caller fires it when it no longer holds the heap.
    mutating func takeExpired(at now: ContinuousClock.Instant) -> [() -> Void] {
        timer = nil
        var expired: [() -> Void] = []
        while let first = heap.first, first.key <= now {
            remove(first)
            guard let due = first.due else { continue }
            if due > now {
                insert(first, at: due)
            } else {
                first.due = nil
                expired.append(first.fire)
            }
        }
        return expired
    }

    /// The earliest deadline, where no timer is set for it or for a time before it.
    var timeToArm: ContinuousClock.Instant? {
        guard let earliest = heap.first?.key else { return nil }
        if let timer, timer.at <= earliest { return nil }
        return earliest
    }

    /// Sets the timer; the one before it is cancelled.
    mutating func arm(
        at time: ContinuousClock.Instant,
        _ fire: @escaping @Sendable () -> Void,
    ) {
        timer?.task.cancel()
        let delay = max(ContinuousClock.now.duration(to: time), .zero)
        let nanoseconds = Int64(clamping: Int128(delay.attoseconds / 1_000_000_000))
        timer = (time, eventLoop.scheduleTask(in: .nanoseconds(nanoseconds), fire))
    }

    private mutating func insert(_ deadline: Deadline, at key: ContinuousClock.Instant) {
        deadline.key = key
        deadline.index = heap.count
        heap.append(deadline)
        siftUp(heap.count - 1)
    }

    private mutating func remove(_ deadline: Deadline) {
        guard let index = deadline.index else { return }
        deadline.index = nil
        let last = heap.removeLast()
        guard index < heap.count else { return }
        place(last, at: index)
        siftUp(index)
        siftDown(last.index ?? index)
    }

    private mutating func place(_ deadline: Deadline, at index: Int) {
        heap[index] = deadline
        deadline.index = index
    }

    private mutating func swap(_ a: Int, _ b: Int) {
        let deadline = heap[a]
        place(heap[b], at: a)
        place(deadline, at: b)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0, heap[child].key < heap[(child - 1) / 2].key {
            swap(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].key < heap[least].key { least = child }
            }
            guard least != parent else { return }
            swap(parent, least)
            parent = least
        }
    }
}

extension LoopExecutor {
    /// Has the deadline fire at `due`, or not at all; called on the loop.
    func set(_ deadline: Deadline, to due: ContinuousClock.Instant?) {
        deadlines.value.set(deadline, to: due)
        armTimer()
    }

    private func armTimer() {
        guard let time = deadlines.value.timeToArm else { return }
        deadlines.value.arm(at: time) { [self] in
            let expired = deadlines.value.takeExpired(at: .now)
            for fire in expired { fire() }
            armTimer()
        }
    }
}
