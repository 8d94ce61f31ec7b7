internal import NIOCore

/// The point in time that a connection waits for.
final class Deadline {
    /// When it was last asked to fire; it may be later than its place in the heap says.
    fileprivate var due: ContinuousClock.Instant?
    fileprivate var key: ContinuousClock.Instant = .now
    fileprivate var index: Int?
    /// Whose it is, while it is in the heap: a reference that were weak would cost each connection a
    /// table beside it, and all its other references a detour over that.
    fileprivate var owner: Conn?
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

    /// Has the deadline pass at `due`, for its owner.
    mutating func set(_ deadline: Deadline, of owner: Conn, to due: ContinuousClock.Instant) {
        deadline.due = due
        guard let index = deadline.index else {
            deadline.owner = owner
            return insert(deadline, at: due)
        }
        guard due < deadline.key else { return }
        deadline.key = due
        siftUp(index)
    }

    /// Takes the deadline away.
    mutating func remove(_ deadline: Deadline) {
        deadline.due = nil
        deadline.owner = nil
        takeOut(deadline)
    }

    /// Takes out what is due at `now`; the caller tells the owners when it no longer holds the heap.
    mutating func takeExpired(at now: ContinuousClock.Instant) -> [Conn] {
        timer = nil
        var expired: [Conn] = []
        while let first = heap.first, first.key <= now {
            takeOut(first)
            guard let due = first.due, let owner = first.owner else { continue }
            if due > now {
                insert(first, at: due)
            } else {
                expired.append(owner)
                remove(first)
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

    private mutating func takeOut(_ deadline: Deadline) {
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
    /// Has the deadline pass at `due`, for its owner, or not at all; called on the loop.
    func set(_ deadline: Deadline, of owner: Conn, to due: ContinuousClock.Instant?) {
        let time = deadlines.withValue { deadlines in
            guard let due else {
                deadlines.remove(deadline)
                return ContinuousClock.Instant?.none
            }
            deadlines.set(deadline, of: owner, to: due)
            return deadlines.timeToArm
        }
        if let time { armTimer(at: time) }
    }

    private func armTimer(at time: ContinuousClock.Instant) {
        deadlines.value.arm(at: time) { [self] in
            for conn in deadlines.value.takeExpired(at: .now) { conn.deadlinePassed() }
            if let time = deadlines.value.timeToArm { armTimer(at: time) }
        }
    }
}
