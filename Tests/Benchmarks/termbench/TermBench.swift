import ArgumentParser

/// Measures programs in a terminal of their own: how long a key takes, and a start.
@main struct TermBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "termbench",
        abstract: "Measures programs with a prompt, in a terminal.",
        subcommands: [Flood.self, Start.self]
    )
}

/// What went wrong with a measurement.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
