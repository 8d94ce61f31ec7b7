import Gob
private import Synchronization

/// What a peer sent with a command.
struct Received: Sendable {
    let command: String
    var content: Message.Content
    /// The value of a GOB.
    var datum: GobDatum?
}

/// Takes in what peers send: keeps it, and shows it where it is to be shown.
struct Receiver: Sendable {
    let output: Output
    let live: LiveSettings
    let log: MessageLog
    let peers: Peers
    let arrivals: Arrivals
    let statistics: Statistics?
    private let order = ShowingOrder()
    private let types = PeerTypes()

    /// Whether messages are only kept, so that no peer has to wait for a screen.
    var isQuiet: Bool { live.read(\.isQuiet) }

    /// Whether what was received is wanted, and not only that something was.
    var wantsContents: Bool { log.keepsMessages || statistics != nil }

    /// Keeps what was received; where nobody can ask for it, it is counted only.
    func keepQuietly(_ received: @autoclosure () -> Received, from origin: Message.Origin) {
        guard wantsContents else { return log.count() }
        arrived(keep(received(), from: origin))
    }

    /// Keeps what was received, or went by; ``rows(of:_:)`` is what it is shown as.
    func keep(_ received: Received, from origin: Message.Origin) -> Message {
        if origin.passage == nil {
            peers.heard(from: origin.peer)
            statistics?.received(received)
        }
        return log.add(received.content, command: received.command, from: origin)
    }

    /// Keeps what was received and shows it, for which the peer may have to wait.
    func receive(_ received: Received, from origin: Message.Origin) async {
        let message = order.inTurn {
            let message = keep(received, from: origin)
            if !isQuiet { show(message, received.datum) }
            return message
        }
        // When it is shown, so that what a script says of it comes behind it.
        defer { arrived(message) }
        await output.waitForRoom()
    }

    /// Keeps a value that came back to what this side sent and shows it, also where the messages that
    /// peers send by themselves are not shown.
    func receiveReply(
        _ datum: GobDatum,
        stream: [UInt8],
        from origin: Message.Origin,
    ) async {
        let message = order.inTurn {
            let message = log.add(.gob(stream), command: "reply", from: origin)
            show(message, datum)
            return message
        }
        arrived(message)
        await output.waitForRoom()
    }

    /// Shows a message, beside which the value of a GOB comes; never waits.
    private func show(_ message: Message, _ datum: GobDatum?) {
        output.put([rows(of: message, datum)])
    }

    /// What a message is shown as, beside which the value of a GOB comes.
    func rows(of message: Message, _ datum: GobDatum?) -> String {
        let change = datum.flatMap { types.change(in: message, $0) }
        return output.rows(
            of: .received(message, datum, change),
            or: MessageText(output, live.value)
                .block(message, datum, change: change, extent: output.extent)
        )
    }

    /// Has a message waited for, where somebody can.
    func arrived(_ message: Message) {
        if log.keepsMessages { arrivals.add(.message(message), from: message.peer) }
    }

    /// What a STRING is answered, without its line end.
    var reply: [UInt8] { live.read(\.reply) }

    /// Told how far a long message is; `nil` where there is no screen.
    var progress: Progress.Report? { output.columns == nil ? nil : output.notice }
}

/// Has messages be shown by their numbers, whichever event loops they came on.
private final class ShowingOrder: Sendable {
    private let turn = Mutex(())

    /// Numbers a message and shows it, while nobody else does.
    func inTurn(_ body: () -> Message) -> Message {
        turn.withLock { _ in body() }
    }
}
