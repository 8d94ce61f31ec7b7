private import Synchronization

/// What `--stats` tells at the end: how much was sent and received, and how long replies took.
package final class Statistics: Sendable {
    private struct Direction {
        var messages = 0
        var bytes = 0
    }

    private struct State {
        var sent = Direction()
        var received = Direction()
        var replies = Direction()
        var roundTrips = RoundTrips()
    }

    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// Nothing is counted yet.
    package init() {}

    /// Counts a command that was sent, its name line included.
    func sent(size: Int) {
        state.withLock { state in
            state.sent.messages += 1
            state.sent.bytes += size
        }
    }

    /// Counts a reply with its line end, and how long it took.
    func answered(after time: Duration, size: Int) {
        state.withLock { state in
            state.replies.messages += 1
            state.replies.bytes += size
            state.roundTrips.add(time)
        }
    }

    /// Counts a message that was received.
    func received(_ received: Received) {
        // The name and its line end; a text has another one.
        var size = received.command.utf8.count + 1 + received.content.size
        if case .text = received.content { size += 1 }
        state.withLock { state in
            state.received.messages += 1
            state.received.bytes += size
        }
    }

    /// The summary, a row each.
    package var rows: [String] {
        let (state, time) = (state.withLock { $0 }, ContinuousClock.now - start)
        let rows = [
            ("sent", state.sent), ("replies", state.replies), ("received", state.received),
        ].map { name, count in
            "\(name): \(counted(count.messages, "message")), \(counted(count.bytes, "byte"))"
        }
        let all = state.sent.messages + state.received.messages
        let rate = Int(Double(all) / max(time / .seconds(1), 0.001))
        let end = "time: \(time.text), \(counted(rate, "message")) a second"
        return rows + [state.roundTrips.row, end].compactMap { $0 }
    }
}

/// A number of things, in words: `1 message`, `2 messages`.
func counted(_ number: Int, _ thing: String) -> String {
    number == 1 ? "1 \(thing)" : "\(number) \(thing)s"
}

/// How long replies took, counted in steps of 1.6 percent, so that any number takes the same memory.
struct RoundTrips {
    /// How many steps there are from one power of two to the next.
    private static let steps = 64

    /// How many there were of each step: the first of 0, 1, …, 63 ns, then those of each power of two.
    private var counts: [Int] = []
    private var total = 0

    /// Takes in one.
    mutating func add(_ time: Duration) {
        let index = Self.index(of: max(0, Int(time / .nanoseconds(1))))
        if index >= counts.count {
            counts += Array(repeating: 0, count: index + 1 - counts.count)
        }
        counts[index] += 1
        total += 1
    }

    /// The time within which so many percent of the replies came; `nil` where there were none.
    func percentile(_ percent: Int) -> Duration? {
        let rank = max(1, (total * percent + 99) / 100)
        var seen = 0
        for (index, count) in counts.enumerated() {
            seen += count
            if seen >= rank { return .nanoseconds(Self.value(at: index)) }
        }
        return nil
    }

    /// Those that people ask for, in a row.
    var row: String? {
        guard total > 0 else { return nil }
        let parts = [50, 95, 99].compactMap { percent in
            percentile(percent).map { "\(percent) % within \($0.text)" }
        }
        return "round trip: " + parts.joined(separator: ", ")
    }

    private static func index(of nanoseconds: Int) -> Int {
        guard nanoseconds >= steps else { return nanoseconds }
        let power = Int.bitWidth - 1 - nanoseconds.leadingZeroBitCount
        let shift = power - steps.trailingZeroBitCount
        return (shift + 1) * steps + (nanoseconds >> shift) - steps
    }

    /// The middle of the step.
    private static func value(at index: Int) -> Int {
        guard index >= steps else { return index }
        let shift = index / steps - 1
        return (steps + index % steps) << shift + (1 << shift) / 2
    }
}
