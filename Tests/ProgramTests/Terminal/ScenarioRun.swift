import Foundation
import Testing

/// One run of a scenario: the terminal, and the peers that take part.
final class ScenarioRun {
    private let scenario: Scenario
    private let terminal: Terminal
    private var host = ""
    private var servers: [String: Server] = [:]

    /// A server that the program talks to.
    private struct Server {
        let host: String
        var tool: Tool?
    }

    /// Starts the terminal and, unless it is not wanted, the program, on an otherwise empty screen.
    init(_ scenario: Scenario) async throws {
        self.scenario = scenario
        terminal = try await Terminal.start(
            columns: max(80, scenario.size.0),
            rows: max(24, scenario.size.1),
            environment: scenario.environment
        )
        for (name, text) in scenario.files {
            try Data(text.utf8).write(to: terminal.folder.appending(component: name))
        }
        guard let arguments = scenario.arguments else { return }
        host = try await terminal.startGobtalk(arguments)
        guard !scenario.environment.contains("TERM=dumb") else { return }
        // What it says at the start has room before this.
        try await terminal.resize(columns: scenario.size.0, rows: scenario.size.1)
        try await clear()
    }

    /// Does all steps; the first that fails ends the run.
    func run() async throws {
        for (number, step) in scenario.steps.enumerated() {
            do {
                try await perform(step)
            } catch {
                let screen = try await terminal.look().picture
                Issue.record("step \(number + 1), \(step): \(error)\n--- at last\n\(screen)\n---")
                return
            }
        }
    }

    private func perform(_ step: Scenario.Step) async throws {
        switch step {
        case .type(let text): try await terminal.type(named(text))
        case .run(let command):
            try await terminal.type(named(command))
            try await terminal.wait { $0.hasSuffix(named(command)) }
            try await terminal.press("Enter")
            try await terminal.wait { $0.hasSuffix("gobtalk>") }
        case .press(let keys): try await terminal.press(keys)
        case .clear: try await clear()
        case .paste(let text):
            try await terminal.type("\u{1B}[200~" + named(text) + "\u{1B}[201~")
        case .receive(let texts):
            for text in texts {
                try await RawPeer.converse(
                    with: host,
                    Array("STRING\n\(named(text))\n".utf8),
                    replies: 1
                )
            }
        case .receiveBytes(let bytes): try await RawPeer.converse(with: host, bytes, replies: nil)
        case .receiveArticle:
            let outcome = try await Tool.run(Tool.gobtalk, ["demo", host])
            #expect(outcome.status == 0)
        case .serve(let name): try await serve(name)
        case .stop(let name): _ = await servers[name]?.tool?.end(signal: SIGTERM)
        case .arrives(let name, let text):
            try await servers[name]?.tool?.line(ending: named(text))
        case .resize(let columns, let rows):
            try await terminal.resize(columns: columns, rows: rows)
        case .signal(let number): kill(try await terminal.programID, number)
        case .start(let arguments): host = try await terminal.startGobtalk(named(arguments))
        case .sees(let picture): try await see { $0 == picture }
        case .endsWith(let picture):
            try await see { $0 == picture || $0.hasSuffix("\n" + picture) }
        case .shows(let text):
            let text = named(text)
            try await terminal.wait { $0.contains(text) }
        case .lacks(let text): #expect(try await !terminal.screen.contains(text))
        case .colored(let isColored):
            #expect(try await terminal.hasColors == isColored)
        case .file(let name, let text): try await waitForFile(name, named(text))
        }
    }

    private func clear() async throws {
        try await terminal.press("C-l")
        try await terminal.wait { $0 == "gobtalk>" }
    }

    private func see(_ isRight: (String) -> Bool) async throws {
        _ = try await poll("such a screen") { [terminal] in
            let picture = try await terminal.look().picture
            return (isRight(picture) ? picture : nil, picture)
        }
    }

    private func waitForFile(_ name: String, _ text: String) async throws {
        let file = terminal.folder.appending(path: name)
        _ = try await poll("such text in \(name)") {
            let found = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            return (found == text ? found : nil, found)
        }
    }

    private func serve(_ name: String) async throws {
        let address = servers[name]?.host ?? "127.0.0.1:0"
        let tool = try Tool(Tool.gobtalk, ["--serve", "--listen", address])
        servers[name] = Server(host: try await tool.host(), tool: tool)
    }

    /// A text with the addresses that it names.
    private func named(_ text: String) -> String {
        servers.reduce(text.replacing("HOST", with: host)) { text, server in
            text.replacing("@\(server.key)", with: server.value.host)
        }
    }
}
