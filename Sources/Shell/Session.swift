package import Net
private import Synchronization

/// What the commands of one run of the program share.
package final class Session: Sendable {
    /// Where results, messages and diagnostics go.
    let output: Output
    /// How connections are made.
    let dialer: Dialer
    /// The messages received.
    package let log: MessageLog
    /// What listens.
    package let reception: Reception
    /// The commands.
    let commands: CommandTable
    private let isEnded = Mutex(false)

    /// A session of these parts; it listens when ``Reception/open(_:)`` is called.
    package init(
        output: Output,
        network: Network,
        dialer: Dialer,
        log: MessageLog = MessageLog(),
        isQuiet: Bool = false,
        commands: CommandTable = .standard,
    ) {
        self.output = output
        self.dialer = dialer
        self.log = log
        self.commands = commands
        let receive: Receive = { received, peer in
            let message = log.add(received.content, command: received.command, from: peer)
            guard !isQuiet else { return }
            let text = output.messageText.block(message, received.datum, extent: output.extent)
            await output.result(text)
        }
        reception = Reception(
            network: network,
            handlers: WireHandler.standard(receive),
            diagnostic: output.diagnostic
        )
    }

    /// Runs one command.
    ///
    /// - Throws: ``Failure``.
    package func run(_ words: Words) async throws {
        do {
            try await commands.run(words, in: self)
        } catch {
            throw Failure(error)
        }
    }

    /// Whether `quit` was given.
    package var hasEnded: Bool { isEnded.withLock { $0 } }

    /// Has the session end after the present command.
    func end() {
        isEnded.withLock { $0 = true }
    }
}
