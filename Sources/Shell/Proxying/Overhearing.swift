import Gob
import Net
private import Synchronization

/// Shows and records what proxies carry, beside the connections: they never wait for it.
///
/// Everything is done by three tasks on a thread of their own: one records bytes, one puts messages together
/// and numbers them, and one shows them as fast as the screen takes them. Where so much is carried that the
/// processors have enough to do, they wait for up to two seconds, as long as there is room for what comes.
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
    private let rush = Rush()
    /// How many bytes are kept of messages that are not whole.
    private let held = Mutex(0)

    /// How long nothing is looked at after something was; nobody sees that.
    private static let pause = Duration.milliseconds(5)
    /// How many bytes are handed to the screen at once, or some more: to wake its thread for each message
    /// costs more than the message.
    private static let blockSize = 32 << 10
    /// How many messages are shown before it is the turn of the next pieces.
    private static let batchSize = 512

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
        let (connection, recordedEnds) = (ends.connection, { @Sendable in RecordedLine.Ends(ends) })
        recorder.recordLater(connection, .begin(recordedEnds))
        queue.begin(conversation)
        return Proxy.Witness { [self] in
            recorder.isOn || isWanted
        } onBytes: { [self] direction, bytes in
            let isToHost = direction == .toHost
            let way: Traffic.Direction = isToHost ? .received : .sent
            recorder.recordLater(connection, .bytes(bytes, way, recordedEnds))
            rush.note(bytes.count)
            let speaker: Annotator.Speaker = isToHost ? .client : .server
            if isWanted { queue.put(bytes, from: speaker, in: conversation) }
        } onEnd: { [self] total, rupture in
            recorder.recordLater(connection, .end)
            queue.end(conversation, total, rupture)
        }
    }

    /// Whether anybody looks at what is said.
    private var isWanted: Bool {
        !receiver.isQuiet || receiver.wantsContents || live.read(\.trace)
    }

    /// Puts messages together and shows them, until the task is cancelled.
    func run() async {
        await withTaskExecutorPreference(BackgroundExecutor()) { await runHere() }
    }

    private func runHere() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in await record() }
            group.addTask { [self] in await assemble() }
            group.addTask { [self] in await show() }
        }
    }

    private func record() async {
        while !Task.isCancelled {
            await recorder.waitForWaiting()
            while !Task.isCancelled {
                await rush.waitForEnd { !recorder.hasRoom }
                guard recorder.writeNext() > 0 else { break }
                await Task.yield()
            }
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func assemble() async {
        while !Task.isCancelled {
            await queue.wait(until: silences.next)
            while !Task.isCancelled {
                await rush.waitForEnd { !queue.hasRoom }
                guard takeIn() else { break }
                await waitForTurn()
            }
            // Not woken for each piece, which would take processors from the connections.
            try? await Task.sleep(for: Self.pause)
        }
    }

    private func show() async {
        while !Task.isCancelled {
            await showing.wait()
            while !Task.isCancelled {
                await rush.waitForEnd { !queue.hasRoom || !showing.hasRoom }
                guard showNext() else { break }
                await output.waitForRoom()
                await Task.yield()
            }
        }
    }

    /// Shows what is left, as far as that is done within a second.
    func finish() {
        let end = ContinuousClock.now + .seconds(1)
        while takeIn() { show(until: end) }
        show(until: end)
        let (messages, dropped) = showing.take(.max)
        tellHidden(messages.count + dropped, "the program ends")
    }

    private func show(until end: ContinuousClock.Instant) {
        while ContinuousClock.now < end, showNext() {}
    }

    /// Puts messages together from the next pieces; false where there is none.
    private func takeIn() -> Bool {
        let (items, missed) = queue.take()
        // In one, since to wake the screen's thread for each costs more than the event.
        output.offer(items.compactMap { take($0) })
        for conversation in silences.take() {
            let before = conversation.size
            add(conversation.pause(), conversation, sizeBefore: before)
        }
        guard missed > 0 else { return !items.isEmpty }
        let reason = "they came faster than anybody can look at them"
        output.diagnostic("\(counted(missed, "byte")) of proxies are not shown: \(reason)")
        return !items.isEmpty
    }

    /// Lets what was put together be shown, as long as the screen takes it and the next bytes have room.
    private func waitForTurn() async {
        await Task.yield()
        while !showing.hasRoom, queue.hasRoom, !Task.isCancelled {
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// Does what there is to do with something that was overheard.
    ///
    /// - Returns: What programs are told of it.
    private func take(_ item: OverheardQueue.Item) -> Event? {
        switch item {
        case .begin(let conversation): return event(.carrying(conversation.ends))
        case .bytes(let bytes, let speaker, let conversation):
            trace(bytes, speaker, conversation)
            let before = conversation.size
            let room = 2 * limits.maxMessage - held.withLock { $0 } + before
            let heard = conversation.take(bytes, from: speaker, room: room, handler)
            add(heard, conversation, sizeBefore: before)
        case .restart(let conversation):
            let before = conversation.size
            add(conversation.restart(), conversation, sizeBefore: before)
        case .end(let conversation, let total, let rupture):
            let before = conversation.size
            add(conversation.restart(), conversation, sizeBefore: before)
            return tellEnd(conversation, total, rupture)
        }
        return nil
    }

    private func event(_ kind: @autoclosure () -> Event.Kind) -> Event? {
        output.tellsEvents ? Event(kind()) : nil
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

    private func tellEnd(
        _ conversation: Overheard,
        _ total: Proxy.Total,
        _ rupture: Proxy.Rupture?,
    ) -> Event? {
        let ends = conversation.ends
        let commands = conversation.commands
        let event = event(.carried(ends, total, commands: commands, lost: rupture?.error))
        guard let rupture else { return event }
        let side = rupture.isOfClient ? "client" : "host"
        output.diagnostic(
            "\(ends.client) -> \(ends.host): the \(side) broke off: \(rupture.error)",
            of: Culprit(peer: rupture.isOfClient ? ends.client : ends.host)
        )
        return event
    }

    /// Shows the next messages; false where there is none.
    private func showNext() -> Bool {
        let (messages, dropped) = showing.take(Self.batchSize)
        tellHidden(dropped, "they came faster than the screen takes them")
        var rows: [String] = []
        var size = 0
        for (index, message) in messages.enumerated() {
            rows.append(receiver.rows(of: message, message.datum(cache)))
            size += rows[rows.count - 1].utf8.count
            guard size >= Self.blockSize || index == messages.count - 1 else { continue }
            output.put(rows)
            (rows, size) = ([], 0)
        }
        for message in messages { receiver.arrived(message) }
        return !messages.isEmpty
    }

    private func tellHidden(_ count: Int, _ reason: String) {
        guard count > 0 else { return }
        output.diagnostic("\(counted(count, "message")) of proxies are not shown: \(reason)")
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
