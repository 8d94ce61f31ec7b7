import Foundation
import Testing

/// Random types and values, exchanged with real Go.
@Suite struct DifferentialTests {
    /// `Tests/Differential/run` asks for more: a seed, and how many types.
    static let wanted = ProcessInfo.processInfo.environment["DIFFERENTIAL"]?
        .split(separator: " ").compactMap { Int($0) }

    @Test("values of random types are to Go what they were", .timeLimit(.minutes(600)))
    func random() async throws {
        let wanted = Self.wanted ?? [1, 300]
        let (first, count) = (wanted[0], wanted[1])
        var comparison = Differential()
        for (program, done) in stride(from: 0, to: count, by: 500).enumerated() {
            let types = min(500, count - done)
            try await comparison.compare(seed: first + program, types: types, values: 3)
        }
        if Self.wanted != nil {
            print(
                "\(count) types, \(comparison.streamCount) streams, \(comparison.valueCount) values, "
                    + "\(comparison.determinedCount) of one form, "
                    + "\(comparison.differences.count) differences"
            )
        }
        #expect(comparison.streamCount > 2 * count)
        report(comparison)
    }

    @Test("every golden vector, encoded again, is to Go what Go sent", .timeLimit(.minutes(5)))
    func vectors() async throws {
        let program = try await GoProgram(["-vectors", GoProgram.vectors])
        defer { try? program.remove() }
        var comparison = Differential()
        try await comparison.compareEncoding(Vector.all, with: program)
        #expect(comparison.streamCount == 236)
        report(comparison)
    }

    private func report(_ comparison: Differential) {
        for difference in comparison.differences.prefix(20) { Issue.record("\(difference)") }
        #expect(comparison.differences.count == 0)
    }
}
