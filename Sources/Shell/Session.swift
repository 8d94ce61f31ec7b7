import GoTypes
import Gob
import Logging
package import Net
private import Synchronization

/// What the commands of one run of the program share.
package final class Session: Sendable {
    /// Where results, messages and diagnostics go.
    let output: Output
    /// The settings in force.
    let live: LiveSettings
    /// The messages received.
    package let log: MessageLog
    /// The peers that are known.
    package let peers: Peers
    /// Whether a person types the commands, and need not wait for what is sent.
    let isInteractive: Bool
    /// What listens.
    package let reception: Reception
    /// What carries connections to other hosts.
    package let proxies: Proxies
    /// The commands that peers may send.
    let handlers: Handlers
    /// What records the connections.
    let recorder: Recorder
    /// The commands.
    let commands: CommandTable
    /// The commands typed.
    package let history: History
    /// What `~/` stands for at the beginning of a path, or `nil` where nothing.
    let home: String?
    /// Takes in what peers send.
    let receiver: Receiver
    /// What the gob streams of this session have said of their types, in both directions.
    let cache: GobTypeCache
    /// How much peers may ask.
    let limits: Limits
    /// What came and was not waited for yet.
    let arrivals = Arrivals()
    /// What is counted for the summary, if there is to be one.
    let statistics: Statistics?
    /// Whether a script goes on after a command that fails.
    let keepsGoing: Bool
    private let dialing: Dialing
    private let state = Mutex(State())

    private struct State {
        var types = Article.types
        var isEnded = false
        var sentCount = 0
        var scripts: [RunningScript] = []
        var place: ScriptPlace?
        var pipeline: Pipeline?
    }

    /// A session of these parts; it listens when ``Reception/open(_:)`` is called.
    package init(
        output: Output,
        network: Network,
        settings live: LiveSettings = LiveSettings(),
        limits: Limits = Limits(),
        log: MessageLog = MessageLog(),
        commands: CommandTable = .standard,
        history: History = History(),
        home: String? = nil,
        recorder: Recorder = Recorder(),
        tracer: Tracer = Tracer(),
        isInteractive: Bool = false,
        keepsGoing: Bool = false,
        isVerbose: Bool = false,
        statistics: Statistics? = nil,
    ) {
        self.output = output
        self.live = live
        self.limits = limits
        let cache = GobTypeCache(limits: limits.gob)
        self.cache = cache
        self.log = log
        self.commands = commands
        self.history = history
        self.home = home
        self.recorder = recorder
        self.isInteractive = isInteractive
        self.keepsGoing = keepsGoing
        self.statistics = statistics
        let logger = isVerbose ? output.verboseLogger : nil
        dialing = Dialing(network: network, live: live, logger: logger)
        let peers = Peers(notice: output.notice)
        self.peers = peers
        let receiver = Receiver(
            output: output,
            live: live,
            log: log,
            peers: peers,
            arrivals: arrivals,
            statistics: statistics
        )
        self.receiver = receiver
        let news = ConnectionNews(output, logger) {
            // What the crowd taught the cache lies scattered over the memory that it used.
            cache.forget()
            await FreedMemory.giveBack(from: network)
        }
        reception = Reception(network: network, limits: limits, output: output, news: news)
        let handlers = Handlers(reception.endpoint, receiver, cache, limits)
        self.handlers = handlers
        let overhearing = Overhearing(
            output,
            live,
            receiver,
            recorder,
            limits,
            cache,
            handler: handlers.known
        )
        proxies = Proxies(dialing, limits, output, news, overhearing)
        // Weak, since the network has the tracer, and the endpoint the network.
        tracer.setHandlers { [weak handlers] in handlers?.known($0) }
    }

    /// How connections are made, by the settings now.
    var dialer: Dialer { dialing.dialer }

    /// Runs one command.
    ///
    /// - Throws: ``Failure``.
    package func run(_ words: Words) async throws {
        do {
            try await commands.prepare(words, home: home)?.run(in: self)
        } catch {
            // One that was sent before, and failed, comes first.
            try await settle()
            throw Failure(error)
        }
    }

    /// Whether `quit` was given.
    package var hasEnded: Bool { state.withLock { $0.isEnded } }

    /// Has the session end after the present command.
    func end() {
        state.withLock { $0.isEnded = true }
    }

    /// Counts a command that was sent: which it is, from 1.
    func countSent() -> Int {
        state.withLock { state in
            state.sentCount += 1
            return state.sentCount
        }
    }

    /// The scripts that run, each inside the one before it.
    var scripts: [RunningScript] { state.withLock { $0.scripts } }

    /// Takes note that a script begins, inside those that run.
    func enterScript(_ script: RunningScript) {
        state.withLock { $0.scripts.append(script) }
    }

    /// Takes note that the innermost script has ended.
    func leaveScript() {
        state.withLock { $0.place = $0.scripts.removeLast().placeOutside }
    }

    /// The line of a script that runs, if one does.
    var place: ScriptPlace? {
        get { state.withLock { $0.place } }
        set { state.withLock { $0.place = newValue } }
    }

    /// What commands go through that need not be answered before the next, if they do.
    var pipeline: Pipeline? {
        get { state.withLock { $0.pipeline } }
        set { state.withLock { $0.pipeline = newValue } }
    }

    /// The Go types that are declared: the article's, and what was declared since.
    var types: GoTypeSet { state.withLock { $0.types } }

    /// Declares Go types.
    ///
    /// - Returns: Their names.
    /// - Throws: `GoTypeError`, and nothing is declared then.
    func declare(_ source: String) throws -> [String] {
        try state.withLock { try $0.types.declare(source) }
    }
}
