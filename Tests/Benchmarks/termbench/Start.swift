import ArgumentParser
import Foundation
import Glibc

/// `termbench start`: how long programs take to their prompts, and the memory they have there.
struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures the time to a program's prompt, and its memory there.",
        discussion: """
            Each PROGRAM is a prompt and a command, as in '>>> =python3 -q'. The programs take \
            turns; the figures are medians.
            """
    )

    @Option(help: "How often each is started.")
    var count = 15

    @Argument(help: "The programs.")
    var programs: [String]

    func run() throws {
        let programs = try programs.map { text in
            guard let match = text.wholeMatch(of: /(.+?)=(.+)/) else {
                throw ValidationError("\"\(text)\" is no PROMPT=COMMAND")
            }
            return (prompt: String(match.1), words: match.2.split(separator: " ").map(String.init))
        }
        var times = [[Double]](repeating: [], count: programs.count)
        var sizes = times
        for _ in 0..<count {
            for (index, program) in programs.enumerated() {
                let (time, size) = try start(program.words, prompt: program.prompt)
                times[index].append(time)
                sizes[index].append(size)
            }
        }
        print("program                                    to the prompt, ms    memory, MB")
        for (index, program) in programs.enumerated() {
            let name = program.words.joined(separator: " ").padding(
                toLength: 40,
                withPad: " ",
                startingAt: 0
            )
            let figures = String(
                format: "%20.1f  %12.1f",
                median(times[index]),
                median(sizes[index])
            )
            print(name, figures)
        }
    }

    private func start(_ words: [String], prompt: String) throws -> (Double, Double) {
        let start = ContinuousClock.now
        let program = try TerminalProgram(words, environment: ["TERM": "xterm"])
        defer { program.end() }
        try program.wait(for: prompt)
        let time = ContinuousClock.now - start
        usleep(300_000)
        return (time / .milliseconds(1), Double(program.memory) / 1e6)
    }

    private func median(_ figures: [Double]) -> Double {
        figures.sorted()[figures.count / 2]
    }
}
