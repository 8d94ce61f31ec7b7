import Shell
import Testing

/// How long replies took.
@Suite struct RoundTripTests {
    @Test("percentiles are within two percent of what they are", arguments: [1, 50, 95, 99, 100])
    func percentiles(_ percent: Int) throws {
        var trips = RoundTrips()
        for microseconds in (1...10_000).reversed() { trips.add(.microseconds(microseconds)) }
        let found = try #require(trips.percentile(percent))
        let exact = Duration.microseconds(percent * 100)
        #expect(abs(found / exact - 1) < 0.02)
    }

    @Test("short, long and no times are counted, too")
    func extremes() {
        #expect(RoundTrips().percentile(50) == nil)
        var trips = RoundTrips()
        trips.add(.zero)
        #expect(trips.percentile(50) == .zero)
        trips.add(.seconds(100_000))
        #expect((trips.percentile(99) ?? .zero) / .seconds(100_000) > 0.98)
    }
}
