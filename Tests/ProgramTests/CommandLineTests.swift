import Foundation
import Testing

/// The built program, by a table of command lines: every way in, every status, and bad input.
@Suite(.timeLimit(.minutes(5))) struct CommandLineTests {
    /// Peers in Go, by what the table calls them; they end with this process.
    private static let peers = Task {
        var tools: [String: Tool] = [:]
        for (name, options) in [
            ("<peer>", []), ("<wrong>", ["-reply", "Thanks."]), ("<silent>", ["-silent"]),
        ] {
            tools[name] = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0"] + options)
        }
        return tools
    }

    @Test("a command line prints and ends as the table says", arguments: CommandLine.all)
    func commandLine(_ row: CommandLine) async throws {
        var peers: [String: String] = [:]
        for (name, tool) in try await Self.peers.value {
            peers[name] = try await tool.line(beginning: "127.0.0.1:")
        }
        let outcome = try await withFolder(files: row.files) { folder in
            try await run(row, in: folder, peers)
        }
        let output = CommandLine.anonymous(outcome.output, peers)
        let errors = CommandLine.anonymous(outcome.errors, peers)
        #expect(try row.expected("output").wholeMatch(in: output) != nil, "output:\n\(output)")
        #expect(try row.expected("errors").wholeMatch(in: errors) != nil, "errors:\n\(errors)")
        #expect(outcome.status == row.status)
    }

    @Test("the table has all of the ways in, and all statuses")
    func coverage() {
        #expect(CommandLine.all.count >= 40)
        let statuses = Set(CommandLine.all.map(\.status))
        #expect(statuses == [0, 1, 2, 3, 64, 66, 69, 129, 130, 143])
    }

    private func run(
        _ row: CommandLine,
        in folder: URL,
        _ peers: [String: String],
    ) async throws -> Tool.Outcome {
        let command = peers.reduce(row.command) { $0.replacing($1.key, with: $1.value) }
        // A signal is for the program, not for the shell.
        let start = row.signal == nil ? "" : "exec "
        let script = "cd \"$1\" && PATH=\"${0%/*}:$PATH\" && \(start)\(command)"
        let tool = try Tool("bash", ["-c", script, Tool.gobtalk, folder.path])
        guard let name = row.signal else { return await tool.end(input: row.input) }
        let signals = ["HUP": SIGHUP, "INT": SIGINT, "TERM": SIGTERM]
        let signal = try #require(signals[name])
        tool.give(row.input)
        _ = try await tool.line()
        return await tool.end(signal: signal)
    }
}
