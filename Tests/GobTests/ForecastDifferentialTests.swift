import GoTypes
import Testing

/// What is foretold of a value that is sent, compared with what real Go does: for pairs of types, one
/// for each rule of Go's decoder, and random ones.
@Suite struct ForecastDifferentialTests {
    @Test("a Go program does with a value what was foretold", .timeLimit(.minutes(600)))
    func pairs() async throws {
        let wanted = DifferentialTests.wanted ?? [1, 250]
        var forecasts: [PairedValue.Forecast] = []
        var differences: [String] = []
        for (program, done) in stride(from: 0, to: wanted[1], by: 500).enumerated() {
            let count = min(500, wanted[1] - done)
            try await compare(seed: wanted[0] + program, count: count, &forecasts, &differences)
        }
        for difference in differences.prefix(20) { Issue.record("\(difference)") }
        #expect(differences.count == 0)
        let outcomes = Dictionary(grouping: forecasts, by: \.Outcome).mapValues(\.count)
        #expect(outcomes["received", default: 0] > 300)
        #expect(outcomes["refused", default: 0] > 100)
        // Of few cases nothing is foretold, and of all that is refused Go's words are.
        #expect(outcomes["unknown", default: 0] < forecasts.count / 50)
        #expect(forecasts.allSatisfy { $0.Outcome != "refused" || !$0.Error.isEmpty })
    }

    private func compare(
        seed: Int,
        count: Int,
        _ forecasts: inout [PairedValue.Forecast],
        _ differences: inout [String],
    ) async throws {
        let program = try await GoProgram(["-pairs", "-seed", "\(seed)", "-count", "\(count)"])
        defer { try? program.remove() }
        var own: [PairedValue.Forecast] = []
        for value in try await program.pairs(seed: seed, values: 3) {
            do {
                own.append(try value.forecast())
            } catch {
                differences.append("\(value.name): \(error)")
            }
        }
        differences += try await program.check(own)
        forecasts += own
    }
}
