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

    /// After how many replies the script is told to go on.
    private static let stride = 64

    private let state = Mutex(PipelineState())
    private let added = Bell()
    private let answered = Bell()

    /// Has a command sent; waits while too many are under way.
    ///
    /// - Throws: ``Failure`` of a command before it.
    func add(_ item: Item, over link: Link) async throws {
        while true {
            switch state.withLock({ $0.add(item, over: link) }) {
            case .added(let wasIdle):
                if wasIdle { added.ring() }
                return
            case .failed(let failure): throw failure
            case .mustWait: try await waitForReply()
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
                let dropped = state.withLock { $0.fail(Failure(error)) }
                for case .string(let text) in dropped.map(\.kind) {
                    session.peers.keep(.init(host: link.host, text: text))
                }
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
            let (batch, isFinished) = state.withLock { ($0.takeBatch(), $0.isFinished) }
            if let batch { return batch }
            if isFinished { return nil }
            await added.wait()
        }
        return nil
    }

    private func finishItem() {
        let count = state.withLock { state in
            state.finishItem()
            return state.count
        }
        if count % Self.stride == 0 { answered.ring() }
    }
}

extension Session {
    /// Prints what became of a command.
    fileprivate func show(_ item: Pipeline.Item, _ reply: Conversation.Reply?) async {
        switch item.kind {
        case .string:
            if let reply { await output.remark(output.reply(reply)) }
        case .gob(let row): await output.remark(row)
        }
    }
}
