import Gob
import Net
private import Synchronization

/// Shows and records what proxies carry, beside the connections: they never wait for it.
///
/// Bytes are recorded as soon as they were sent on. Everything else is done by two tasks: one puts
/// messages together and numbers them, the other one shows them as fast as the screen takes them.
final class Overhearing: Sendable {
    private let output: Output
    private let live: LiveSettings
    private let receiver: Receiver
    private let recorder: Recorder
    private let limits: Limits
    private let cache: GobTypeCache
    private let handler: @Sendable (String) -> Handler?
    private let queue: OverheardQueue
    private let showing = ShowingQueue()
    private let silences = Silences()
    /// How many bytes are kept of messages that are not whole.
    private let held = Mutex(0)

    /// How long nothing is looked at after something was; nobody sees that.
    private static let pause = Duration.milliseconds(5)
    /// How many messages are taken at once in order to show them.
    private static let batchSize = 100

    /// Nothing was overheard yet.
    init(
        _ output: Output,
        _ live: LiveSettings,
        _ receiver: Receiver,
        _ recorder: Recorder,
        _ limits: Limits,
        _ cache: GobTypeCache,
        handler: @escaping @Sendable (String) -> Handler?,
    ) {
        self.output = output
        self.live = live
        self.receiver = receiver
        self.recorder = recorder
        self.limits = limits
        self.cache = cache
        self.handler = handler
        queue = OverheardQueue(handler: handler)
    }

    /// What is told of a conversation; on its event loop.
    func witness(_ ends: Proxy.Ends) -> Proxy.Witness {
        let conversation = Overheard(ends, limits, cache)
        recorder.recordBegin(ends.connection, RecordedLine.Ends(ends))
        queue.begin(conversation)
        return Proxy.Witness { [self] direction, bytes in
            let isToHost = direction == .toHost
            let way: Traffic.Direction = isToHost ? .received : .sent
            recorder.record(bytes, way, ends.connection, RecordedLine.Ends(ends))
            let speaker: Annotator.Speaker = isToHost ? .client : .server
            conversation.count(bytes, from: speaker)
            if isWanted { queue.put(bytes, from: speaker, in: conversation) }
        } onEnd: { [self] rupture in
            recorder.recordEnd(ends.connection)
            queue.end(conversation, rupture)
        }
    }

    /// Whether anybody looks at what is said.
    private var isWanted: Bool {
        !receiver.isQuiet || receiver.wantsContents || live.read(\.trace)
    }

    /// Puts messages together and shows them, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                while !Task.isCancelled {
                    await queue.wait(until: silences.next)
                    takeIn()
                    // Not woken for each piece, which would take processors from the connections.
                    try? await Task.sleep(for: Self.pause)
                }
            }
            group.addTask { [self] in
                while !Task.isCancelled {
                    await showing.wait()
                    while !Task.isCancelled, showNext() { await output.waitForRoom() }
                }
            }
        }
    }

    /// Shows what is left, as far as that is done within a second.
    func finish() {
        takeIn()
        let end = ContinuousClock.now + .seconds(1)
        while ContinuousClock.now < end, showNext() {}
    }

    private func takeIn() {
        let (items, missed) = queue.take()
        for item in items { take(item) }
        for conversation in silences.take() {
            let before = conversation.size
            add(conversation.pause(), conversation, sizeBefore: before)
        }
        guard missed > 0 else { return }
        let reason = "they came faster than anybody can look at them"
        output.diagnostic("\(counted(missed, "byte")) of proxies are not shown: \(reason)")
    }

    private func take(_ item: OverheardQueue.Item) {
        switch item {
        case .begin(let conversation): output.offer(.carrying(conversation.ends))
        case .bytes(let bytes, let speaker, let conversation):
            trace(bytes, speaker, conversation)
            let before = conversation.size
            let room = 2 * limits.maxMessage - held.withLock { $0 } + before
            let heard = conversation.take(bytes, from: speaker, room: room, handler)
            add(heard, conversation, sizeBefore: before)
        case .restart(let conversation):
            let before = conversation.size
            add(conversation.restart(), conversation, sizeBefore: before)
        case .end(let conversation, let rupture):
            let before = conversation.size
            add(conversation.restart(), conversation, sizeBefore: before)
            tellEnd(conversation, rupture)
        }
    }

    private func add(_ heard: [Heard], _ conversation: Overheard, sizeBefore: Int) {
        held.withLock { $0 += conversation.size - sizeBefore }
        silences.note(conversation)
        for heard in heard {
            let (sender, recipient) = conversation.route(from: heard.speaker)
            let origin = Message.Origin(
                peer: sender,
                connection: conversation.ends.connection,
                passage: Message.Passage(recipient: recipient, role: heard.role)
            )
            let message = receiver.keep(heard.received, from: origin)
            let hidden = receiver.isQuiet ? [message] : showing.add(message)
            for message in hidden { receiver.arrived(message) }
        }
    }

    private func trace(
        _ bytes: [UInt8],
        _ speaker: Annotator.Speaker,
        _ conversation: Overheard,
    ) {
        guard live.read(\.trace) else { return }
        let (sender, recipient) = conversation.route(from: speaker)
        let text = NoteText(style: output.diagnosticStyle)
        let rows = conversation.notes(on: bytes, from: speaker, handler).flatMap {
            text.rows($0, "\(sender) -> \(recipient)")
        }
        output.notice(rows.joined(separator: "\n"))
    }

    private func tellEnd(_ conversation: Overheard, _ rupture: Proxy.Rupture?) {
        let ends = conversation.ends
        output.offer(.carried(ends, conversation.total, lost: rupture?.error))
        guard let rupture else { return }
        let side = rupture.isOfClient ? "client" : "host"
        output.diagnostic(
            "\(ends.client) -> \(ends.host): the \(side) broke off: \(rupture.error)",
            of: Culprit(peer: rupture.isOfClient ? ends.client : ends.host)
        )
    }

    /// Shows the next messages; false where there is none.
    private func showNext() -> Bool {
        let (messages, dropped) = showing.take(Self.batchSize)
        if dropped > 0 {
            let reason = "they came faster than the screen takes them"
            output.diagnostic("\(counted(dropped, "message")) of proxies are not shown: \(reason)")
        }
        for message in messages {
            receiver.show(message, message.datum(cache))
            receiver.arrived(message)
        }
        return !messages.isEmpty
    }
}

extension RecordedLine.Ends {
    fileprivate init(_ ends: Proxy.Ends) {
        isIncoming = true
        peer = "\(ends.client)"
        local = "\(ends.local)"
        host = "\(ends.host)"
    }
}
