import LineEditing
import Net

/// The program, from its options to its exit status.
public struct Program: Sendable {
    private let configuration: Configuration
    private let live: LiveSettings

    /// A run of the program.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        live = LiveSettings(configuration.settings)
    }

    /// Does everything, and returns when all that was to be printed is printed.
    public func run() async -> ExitStatus {
        Signals.ignoreSIGPIPE()
        DescriptorLimit.raise(forConnections: configuration.limits.maxConnections)
        // The system's timer takes a descriptor, once: now, and not when there may be none left.
        async let _ = try? Task.sleep(for: .seconds(1 << 30))
        guard let streams = try? StandardStreams() else { return .failed }
        let status = await run(streams)
        // Somebody who ends the program does not wait for a reader who has stopped.
        if case .signal = status {
            return await limited(to: .seconds(1), status) { await streams.finish(status) }
        }
        return await streams.finish(status)
    }

    private func run(_ streams: StandardStreams) async -> ExitStatus {
        let output = streams.output(isColored: isColored, tellsEvents: configuration.tellsEvents)
        do {
            switch configuration.mode {
            case .serve: return try await serve(output)
            case .command(let words):
                return try await commands(output, log: .forCommand(words)) { session in
                    try await session.run(Words(words: words))
                    await session.proxies.waitUntilNoneRuns()
                }
            case .scripts(let sources):
                return try await commands(output) { session in
                    for source in sources where !session.hasEnded {
                        try await session.runScript(source)
                    }
                }
            case .standardInput where StandardStreams.inputIsTerminal && !configuration.tellsEvents:
                return try await prompt(output)
            case .standardInput:
                return try await commands(output) { try await $0.runScript(.standardInput) }
            }
        } catch {
            let failure = Failure(error)
            output.diagnostic("gobtalk: \(failure)")
            return failure.status
        }
    }

    private func serve(_ output: Output) async throws -> ExitStatus {
        let signals = try Signals.stopping()
        let session = try session(output, log: .ofNobody)
        return try await receiving(session) {
            output.notice("gobtalk: \(await session.whereItListens())")
            for await signal in signals { return .signal(signal) }
            return .done
        }
    }

    /// Runs commands that nobody types, until they end, one fails, or a signal comes.
    private func commands(
        _ output: Output,
        log: MessageLog = MessageLog(),
        _ body: @escaping @Sendable (Session) async throws -> Void,
    ) async throws -> ExitStatus {
        // For the caret below a word that is wrong.
        CursorLayout.measureUTF8()
        let session = try session(output, log: log)
        return try await receiving(session) {
            await session.untilSignal(try Signals.stopping()) {
                do {
                    if let host = configuration.connect {
                        try await session.run(Words(words: ["connect", host]))
                    }
                    try await body(session)
                    if let link = session.peers.joined { try await session.leave(link) }
                    // A signal that ends this interrupts nothing.
                    if !session.hasEnded { try? await Task.sleep(for: configuration.linger) }
                    return .done
                } catch {
                    let failure = Failure(error)
                    session.tell(failure, or: "gobtalk: ")
                    return failure.status
                }
            }
        }
    }

    private func prompt(_ plain: Output) async throws -> ExitStatus {
        let running = RunningCommand()
        let history = configuration.history
        let complaint = history.load()
        let completion = CompletionSource()
        let editor = try LineEditor(
            .gobtalk(history, completion),
            onInterrupt: { running.cancel() },
            onTerminate: { running.terminate($0) },
        )
        defer { editor.close() }
        let output = editor.output(plain, isColored, configuration.environment.pager)
        let session = try session(output, history: history, isInteractive: true)
        completion.set(session)
        if let complaint { session.output.diagnostic(complaint) }
        let prompt = Prompt(editor: editor, running: running)
        return try await receiving(session) {
            await session.output.result(session.banner())
            if let host = configuration.connect { await prompt.run("connect \(host)", in: session) }
            let status = await prompt.run(in: session)
            await session.peers.close()
            if let unsent = session.unsentText { session.output.diagnostic(unsent) }
            return status
        }
    }

    private func session(
        _ output: Output,
        log: MessageLog = MessageLog(),
        history: History = History(),
        isInteractive: Bool = false,
    ) throws -> Session {
        let recorder = Recorder()
        let tracer = Tracer()
        let network = Network(tracedOn: output, live, recorder: recorder, tracer: tracer)
        let session = Session(
            output: output,
            network: network,
            settings: live,
            limits: configuration.limits,
            log: log,
            history: history,
            home: configuration.environment.home,
            recorder: recorder,
            tracer: tracer,
            isInteractive: isInteractive,
            keepsGoing: configuration.keepsGoing,
            isVerbose: configuration.isVerbose,
            statistics: configuration.tellsStatistics ? Statistics() : nil
        )
        for path in configuration.types { _ = try session.load(path) }
        if let path = configuration.record { try session.record(to: path) }
        return session
    }

    /// Whether there is colour, by the settings now.
    private var isColored: @Sendable (_ isTerminal: Bool) -> Bool {
        { [live, configuration] isTerminal in
            configuration.environment.isColored(live.value.color, isTerminal: isTerminal)
        }
    }

    /// Does something while peers are answered.
    private func receiving(
        _ session: Session,
        _ body: @escaping @Sendable () async throws -> ExitStatus,
    ) async throws -> ExitStatus {
        // When all connections have ended: what they said last is recorded, too.
        defer { _ = session.recorder.stop() }
        if let place = try place { try await session.reception.open(place) }
        return try await withThrowingTaskGroup(of: ExitStatus?.self) { group in
            group.addTask {
                await session.reception.run()
                return nil
            }
            group.addTask {
                await session.proxies.run()
                return nil
            }
            group.addTask {
                await session.peers.run()
                return nil
            }
            group.addTask {
                let status = try await body()
                await session.peers.close()
                return status
            }
            defer {
                group.cancelAll()
                for row in session.statistics?.rows ?? [] { session.output.notice(row) }
            }
            while let status = try await group.next() {
                if let status { return status }
            }
            return .done
        }
    }

    /// Where to listen, or `nil` where nowhere.
    private var place: Reception.Place? {
        get throws {
            switch (configuration.listening, configuration.mode) {
            case (.off, _), (.standard, .command): nil
            case (.standard, _): .anyPort
            case (.at(let address), _): .address(try HostPort(listening: address))
            }
        }
    }
}

extension MessageLog {
    /// Keeps nothing, where nobody can ask for a message again.
    fileprivate static var ofNobody: MessageLog { MessageLog(countLimit: 0) }

    /// What a command of the program needs.
    fileprivate static func forCommand(_ words: [String]) -> MessageLog {
        words.first == Command.proxy.name ? .ofNobody : MessageLog()
    }
}

extension Configuration {
    /// The commands typed at a prompt, and where they are kept.
    fileprivate var history: History {
        History(file: keepsHistory ? environment.historyPath.map { HistoryFile(path: $0) } : nil)
    }
}

extension LineEditor.Configuration {
    /// How lines are edited at the prompt.
    fileprivate static func gobtalk(_ history: History, _ completion: CompletionSource) -> Self {
        var configuration = Self(programName: "gobtalk", prompt: "gobtalk> ")
        configuration.history = history.lines
        configuration.historyLimit = History.limit
        configuration.complete = { completion.completion(of: $0, cursor: $1) }
        return configuration
    }
}

/// Does something, but not longer than for a time: then the result is the other one.
private func limited<Result: Sendable>(
    to time: Duration,
    _ other: Result,
    _ body: @escaping @Sendable () async -> Result,
) async -> Result {
    await withTaskGroup(of: Result.self) { group in
        group.addTask { await body() }
        group.addTask {
            try? await Task.sleep(for: time)
            return other
        }
        let first = await group.next()
        group.cancelAll()
        return first ?? other
    }
}
