import Logging
import Net

/// Says what a user should know of connections that come in, and notices when many have gone.
struct ConnectionNews: Sendable {
    private let output: Output
    private let logger: Logger?
    private let refusals = Refusals()
    private let crowd: Crowd

    /// Whether everything is told.
    var isVerbose: Bool { logger != nil }

    /// No news yet.
    ///
    /// - Parameters:
    ///   - output: Told of each connection that failed.
    ///   - logger: What is told of everything, if there is one.
    ///   - onQuiet: Called when many connections have come and gone, on any thread.
    init(_ output: Output, _ logger: Logger?, onQuiet: @escaping @Sendable () async -> Void) {
        self.output = output
        self.logger = logger
        crowd = Crowd(onGone: onQuiet)
    }

    /// Takes in what happened; never waits.
    func note(_ event: Endpoint.Event) {
        crowd.note(event)
        logger?.note(event)
        if let row = event.diagnostic(refusals) { output.diagnostic(row, of: event.culprit) }
    }
}
