import ArgumentParser
import Foundation

/// Measures the gob codec, and Foundation's JSON coders on the same values: the Swift side of
/// `Tests/Benchmarks/go`, with the same cases and the same output.
@main struct GobBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gobbench",
        abstract: "Measures the gob codec on the seven cases of the Go program beside it.",
        subcommands: [Measure.self, Ratios.self, Peak.self],
        defaultSubcommand: Measure.self
    )
}

/// `gobbench measure`, which is what is done unless told otherwise.
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Measures, and prints the figures.")

    @Option(help: "The least time of a run, in seconds.")
    var time = 1.0

    @Option(help: "The number of runs, of which the best counts.")
    var count = 3

    @Option(name: .customLong("case"), help: "Only these cases, comma-separated.")
    var cases = Case.allCases.map(\.rawValue).joined(separator: ",")

    @Option(help: "Only these codecs, comma-separated: typed, value, codable, json.")
    var codec = Codec.allCases.map(\.rawValue).joined(separator: ",")

    @Option(name: .customLong("op"), help: "Only this direction: encode or decode.")
    var direction: String?

    @Flag(help: "Print JSON lines instead of a table.")
    var json = false

    func run() throws {
        keepFreedMemory()
        let cases = try names(cases, Case.init(rawValue:))
        let codecs = try names(codec, Codec.init(rawValue:))
        for `case` in cases {
            for codec in codecs {
                let jobs = try codec.jobs(for: `case`)
                for job in [jobs.encode, jobs.decode]
                where direction == nil || direction == job.direction {
                    let result = try best(job, of: `case`, codec, jobs, time: time, count: count)
                    print(json ? try result.jsonLine : result.row)
                }
            }
        }
    }

    /// Has the C library keep memory that is freed, as Go's run time does: once it has freed a large
    /// block it takes blocks up to that size from its heap, and keeps twice as much there.
    private func keepFreedMemory() {
        let block = [UInt8](repeating: UInt8(clamping: count), count: 31 << 20)
        precondition(block.allSatisfy { $0 == block[0] })
    }

    private func names<Name>(_ list: String, _ make: (String) -> Name?) throws -> [Name] {
        try list.split(separator: ",").map { word in
            guard let name = make(String(word)) else {
                throw ValidationError("unknown name \"\(word)\"")
            }
            return name
        }
    }
}
