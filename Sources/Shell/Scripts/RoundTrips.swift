/// How long replies took, counted in steps of 1.6 percent, so that any number takes the same memory.
package struct RoundTrips: Sendable {
    /// How many steps there are from one power of two to the next.
    private static let steps = 64

    /// How many there were of each step: the first of 0, 1, …, 63 ns, then those of each power of two.
    private var counts: [Int] = []
    private var total = 0

    /// None yet.
    package init() {}

    /// Takes in one.
    package mutating func add(_ time: Duration) {
        let index = Self.index(of: max(0, Int(time / .nanoseconds(1))))
        if index >= counts.count {
            counts += Array(repeating: 0, count: index + 1 - counts.count)
        }
        counts[index] += 1
        total += 1
    }

    /// The time within which so many percent of the replies came; `nil` where there were none.
    package func percentile(_ percent: Int) -> Duration? {
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
