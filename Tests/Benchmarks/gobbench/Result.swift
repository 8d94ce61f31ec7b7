import Foundation

/// A figure: a row of the table, or a line of JSON as the Go program prints it.
struct Result: Codable {
    let name: String
    let codec: String
    let direction: String
    /// Of one value, encoded.
    let bytes: Int
    /// Of one value.
    let elements: Int
    /// Values in the best run.
    let runs: Int
    let nanosecondsPerValue: Double

    enum CodingKeys: String, CodingKey {
        case name = "case"
        case codec
        case direction = "op"
        case bytes
        case elements = "elems"
        case runs
        case nanosecondsPerValue = "ns_per_value"
    }

    /// The line, with the rates that follow from the figure.
    var jsonLine: String {
        get throws {
            let derived: [String: Double] = [
                "ns_per_elem": nanosecondsPerValue / Double(elements),
                "mb_per_s": megabytesPerSecond,
                "values_per_s": 1e9 / nanosecondsPerValue,
            ]
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let first = String(decoding: try encoder.encode(self), as: UTF8.self)
            let second = String(decoding: try encoder.encode(derived), as: UTF8.self)
            return first.dropLast() + "," + second.dropFirst()
        }
    }

    /// The row of a table.
    var row: String {
        func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        func fixed(_ number: Double, _ digits: Int) -> String {
            number.formatted(.number.precision(.fractionLength(digits)).grouping(.never))
        }
        return [
            right(name, 14), right(codec, 8), right(direction, 7), right("\(bytes)", 9),
            right(fixed(nanosecondsPerValue, 0), 11),
            right(fixed(nanosecondsPerValue / Double(elements), 2), 9),
            right(fixed(megabytesPerSecond, 1), 9),
        ].joined(separator: " ")
    }

    /// Of encoded bytes; 1 MB is 1,000,000 bytes.
    private var megabytesPerSecond: Double { Double(bytes) / nanosecondsPerValue * 1e3 }
}

/// Encodes or decodes one value each time it runs.
struct Job {
    let direction: String
    let run: () throws -> Void
}

/// The fastest of some runs of a job, each of at least so many seconds.
func best(
    _ job: Job,
    of case: Case,
    _ codec: Codec,
    _ jobs: Jobs,
    time: Double,
    count: Int,
) throws -> Result {
    try job.run()  // Warm up.
    let clock = ContinuousClock()
    let least = Duration.seconds(time)
    var best: (runs: Int, time: Double)?
    for _ in 0..<count {
        var runs = 0
        var step = 1
        let start = clock.now
        var elapsed = Duration.zero
        while elapsed < least {
            for _ in 0..<step { try job.run() }
            runs += step
            step = min(2 * step, 1000)
            elapsed = clock.now - start
        }
        let perValue = elapsed / .nanoseconds(1) / Double(runs)
        if best.map({ perValue < $0.time }) ?? true { best = (runs, perValue) }
    }
    return Result(
        name: `case`.rawValue,
        codec: codec.rawValue,
        direction: job.direction,
        bytes: jobs.bytes,
        elements: `case`.elementCount,
        runs: best?.runs ?? 0,
        nanosecondsPerValue: best?.time ?? 0,
    )
}
