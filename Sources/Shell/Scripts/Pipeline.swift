import Net
private import Synchronization

/// Commands for the peer in use that are sent before those before them are answered.
///
/// A script, and `repeat`, go on while replies are on their way; these are printed as they come, in
/// the order of the commands. What is added after one that failed is not sent.
final class Pipeline: Sendable {
    /// A command.
    struct Item: Sendable {
        enum Kind: Sendable {
            /// A STRING with this text, which is answered.
            case string([UInt8])
            /// A GOB, which is not answered; the row says that it was sent.
            case gob(String)
        }

        let kind: Kind
        /// What is sent: the name line and the data.
        let bytes: [UInt8]
        /// The line of the script.
        let place: ScriptPlace?

        init(_ kind: Kind, _ bytes: [UInt8], _ place: ScriptPlace?) {
            self.kind = kind
            self.bytes = bytes
            self.place = place
        }
    }

    fileprivate struct State {
        var link: Link?
        var waiting: [Item] = []
        /// What is sent now, and how much of it is answered.
        var batch: ArraySlice<Item> = []
        /// How many bytes both have.
        var size = 0
        var failure: Failure?
        var isIdle = false
        var isFinished = false

        var count: Int { waiting.count + batch.count }
        var isFull: Bool { count >= Pipeline.countLimit || size >= Pipeline.sizeLimit }
    }

    private enum Step {
        case added(mustRing: Bool)
        case mustWait
        case failed(Failure)
    }

    /// How many commands may be under way, and with how many bytes; a script waits then.
    fileprivate static let (countLimit, sizeLimit) = (2_000, 1 << 20)
    /// How many are sent at a time, and how many bytes, which the system takes without waiting for
    /// the peer to read: so replies can be read in time.
    fileprivate static let (batchCount, batchSize) = (1_000, 48 << 10)
    /// After how many replies the script is told to go on.
    private static let stride = 64

    private let state = Mutex(State())
    private let added = Bell()
    private let answered = Bell()

    /// Has a command sent; waits while too many are under way.
    ///
    /// - Throws: ``Failure`` of a command before it.
    func add(_ item: Item, over link: Link) async throws {
        while true {
            let step = state.withLock { state -> Step in
                if let failure = state.takeFailure() { return .failed(failure) }
                guard state.count == 0 || state.link === link && !state.isFull else {
                    return .mustWait
                }
                state.link = link
                state.waiting.append(item)
                state.size += item.bytes.count
                defer { state.isIdle = false }
                return .added(mustRing: state.isIdle)
            }
            switch step {
            case .added(let mustRing):
                if mustRing { added.ring() }
                return
            case .failed(let failure): throw failure
            case .mustWait:
                try await waitForReply()
            }
        }
    }

    /// Waits until all commands are answered.
    ///
    /// - Throws: ``Failure`` of the first that failed.
    func settle() async throws {
        while true {
            let (count, failure) = state.withLock { ($0.count, $0.takeFailure()) }
            if let failure { throw failure }
            guard count > 0 else { return }
            try await waitForReply()
        }
    }

    private func waitForReply() async throws {
        await answered.wait()
        if Task.isCancelled { throw Failure(CancellationError()) }
    }

    /// Sends the commands, until ``finish()`` is called or the task cancelled.
    func run(in session: Session) async {
        while let (link, batch) = await next() {
            do {
                try await session.converse(on: link) { conversation in
                    try await conversation.exchange(batch) { item, reply in
                        await session.show(item, reply)
                        self.finishItem()
                    }
                }
            } catch {
                fail(Failure(error), link.host, in: session)
            }
            answered.ring()
        }
    }

    /// Ends ``run(in:)``; nothing is added any more.
    func finish() {
        state.withLock { $0.isFinished = true }
        added.ring()
    }

    private func next() async -> (Link, [Item])? {
        while !Task.isCancelled {
            let (batch, isFinished) = state.withLock { state in
                let batch = state.link.map { ($0, state.takeBatch()) }
                state.isIdle = batch?.1.isEmpty ?? true
                return (batch, state.isFinished)
            }
            if let batch, !batch.1.isEmpty { return batch }
            if isFinished { return nil }
            await added.wait()
        }
        return nil
    }

    private func finishItem() {
        let count = state.withLock { state in
            state.size -= state.batch.removeFirst().bytes.count
            return state.count
        }
        if count % Self.stride == 0 { answered.ring() }
    }

    /// Drops what is not answered, and says what did: the first of them.
    private func fail(_ failure: Failure, _ host: HostPort, in session: Session) {
        let items = state.withLock { state in
            let items = state.batch + state.waiting
            (state.batch, state.waiting, state.size) = ([], [], 0)
            let rest =
                switch items.count {
                case 0, 1: ""
                case 2: "; one command after it was not answered either"
                case let count: "; \(count - 1) commands after it were not answered either"
                }
            state.failure = failure.adding(rest).at(items.first?.place)
            return items
        }
        for case .string(let text) in items.lazy.map(\.kind) {
            session.peers.keep(.init(host: host, text: text))
        }
    }
}

extension Pipeline.State {
    fileprivate mutating func takeFailure() -> Failure? {
        defer { failure = nil }
        return failure
    }

    /// Takes what is sent at a time: one command at least, if there is one.
    fileprivate mutating func takeBatch() -> [Pipeline.Item] {
        var (count, size) = (0, 0)
        for item in waiting.prefix(Pipeline.batchCount) {
            size += item.bytes.count
            guard count == 0 || size <= Pipeline.batchSize else { break }
            count += 1
        }
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        batch = taken[...]
        return taken
    }
}

extension Session {
    /// Prints what became of a command.
    fileprivate func show(_ item: Pipeline.Item, _ reply: Conversation.Reply?) async {
        switch item.kind {
        case .string:
            if let reply { await output.result(output.reply(reply)) }
        case .gob(let row): await output.result(row)
        }
    }
}
