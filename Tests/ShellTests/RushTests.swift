import Testing

@testable import Shell

/// Whether so much comes that other work waits.
@Suite struct RushTests {
    /// What is found every so many milliseconds, while so much comes in each of them.
    private func looks(
        _ meter: inout RushMeter,
        perMillisecond amount: Int,
        every step: Int,
        from start: Int,
        count: inout Int,
        for length: Int,
    ) -> [Bool] {
        stride(from: start + step, through: start + length, by: step).map { time in
            count += amount * step
            return meter.isToBeWaitedFor(count: count, at: Self.origin + .milliseconds(time))
        }
    }

    private static let origin = ContinuousClock.now

    @Test("a little that comes is no rush, however often it is looked", arguments: [1, 5, 100])
    func little(_ step: Int) {
        var (meter, count) = (RushMeter(at: Self.origin), 0)
        let looks = looks(
            &meter,
            perMillisecond: 9,
            every: step,
            from: 0,
            count: &count,
            for: 10_000
        )
        #expect(looks.allSatisfy { !$0 })
    }

    @Test("a rush is waited for, for two seconds, until it has ended and there is another")
    func much() {
        var (meter, count) = (RushMeter(at: Self.origin), 0)
        func next(_ amount: Int, _ start: Int, _ length: Int) -> [Bool] {
            looks(
                &meter,
                perMillisecond: amount,
                every: 5,
                from: start,
                count: &count,
                for: length
            )
        }
        // The first look finds it.
        let first = next(10, 0, 10_000)
        #expect(first.prefix { $0 }.count == 400)
        #expect(first.dropFirst(400).allSatisfy { !$0 })
        // A pause of some milliseconds is not its end.
        #expect(next(9, 10_000, 25).allSatisfy { !$0 })
        #expect(next(10, 10_025, 5) == [false])
        #expect(next(9, 10_030, 30).allSatisfy { !$0 })
        #expect(next(10, 10_060, 1_000).allSatisfy { $0 })
        #expect(next(0, 11_060, 25).allSatisfy { $0 })
        #expect(next(10, 11_085, 5) == [true])
        #expect(next(0, 11_090, 30) == [true, true, true, true, true, false])
    }
}
