import Testing

/// The tables of scenarios, each run in a terminal of its own.
@Suite(.timeLimit(.minutes(5))) struct ScenarioTests {
    @Test("editing", arguments: Scenario.editing)
    func editing(_ scenario: Scenario) async throws {
        try await run(scenario)
    }

    @Test("messages above the line", arguments: Scenario.messages)
    func messages(_ scenario: Scenario) async throws {
        try await run(scenario)
    }

    @Test("Tab, hints and history", arguments: Scenario.completion)
    func completion(_ scenario: Scenario) async throws {
        try await run(scenario)
    }

    @Test("attempts to inject", arguments: Scenario.injections)
    func injections(_ scenario: Scenario) async throws {
        try await run(scenario)
    }

    @Test("what is shown", arguments: Scenario.display)
    func display(_ scenario: Scenario) async throws {
        try await run(scenario)
    }

    @Test("chats", arguments: Scenario.chats)
    func chats(_ scenario: Scenario) async throws {
        try await run(scenario)
    }

    @Test("scripts", arguments: Scenario.scripts)
    func scripts(_ scenario: Scenario) async throws {
        try await run(scenario)
    }

    @Test("other surroundings", arguments: Scenario.surroundings)
    func surroundings(_ scenario: Scenario) async throws {
        try await run(scenario)
    }

    private func run(_ scenario: Scenario) async throws {
        try await Turns.terminals.take { try await ScenarioRun(scenario).run() }
    }
}
