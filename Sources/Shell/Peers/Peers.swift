package import Net
private import Synchronization

/// The peers that a session knows: aliases, the one in use, those it spoke with and heard from.
package final class Peers: Sendable {
    private struct State {
        var aliases: [String: HostPort] = [:]
        var joined: Link?
        var chat: Chat?
        var seen: [String] = []
        var lastHeard: Address?
        var unsent: [Unsent] = []
    }

    /// A text that did not get to its peer.
    struct Unsent: Sendable, Equatable {
        /// Whom it is for, whatever becomes of the names meanwhile.
        let host: HostPort
        let text: [UInt8]
    }

    /// Whom a word means.
    enum Meaning {
        case host(HostPort)
        case link(Link)
    }

    /// How many hosts are remembered for completion.
    private static let seenLimit = 100
    /// How many texts are kept to be sent again.
    private static let unsentLimit = 1_000

    private let notice: @Sendable (String) -> Void
    private let tasks: AsyncStream<@Sendable () async -> Void>
    private let begin: AsyncStream<@Sendable () async -> Void>.Continuation
    /// Ended when ``run()`` has.
    private let over: AsyncStream<Never>
    private let markOver: AsyncStream<Never>.Continuation
    private let state = Mutex(State())

    /// Nobody is known yet.
    ///
    /// - Parameter notice: Told what happens to connections while nobody talks, in one row.
    init(notice: @escaping @Sendable (String) -> Void) {
        self.notice = notice
        (tasks, begin) = AsyncStream.makeStream()
        (over, markOver) = AsyncStream.makeStream()
    }

    /// Waits for the ends of connections, and sends the lines of chats, until the task is cancelled,
    /// or ``close()`` is called.
    package func run() async {
        defer { markOver.finish() }
        await withDiscardingTaskGroup { group in
            for await task in tasks { group.addTask { await task() } }
            group.cancelAll()
        }
    }

    /// Has something done beside the commands, by ``run()``.
    func start(_ task: @escaping @Sendable () async -> Void) {
        begin.yield(task)
    }

    // MARK: Names

    /// Whom a word means: `.` the peer in use, an alias, or a host.
    ///
    /// - Throws: ``Failure``, `NetError.badHost`.
    func meaning(of word: String) throws -> Meaning {
        if word == ".", let joined { return .link(joined) }
        return .host(try host(word))
    }

    /// The host that a word means.
    ///
    /// - Throws: `NetError.badHost`.
    func host(_ word: String) throws -> HostPort {
        if word == "." {
            guard let joined else {
                throw Failure(.usage, "no peer is in use for \".\"; \"connect HOST\" joins one")
            }
            return joined.host
        }
        if let host = state.withLock({ $0.aliases[word] }) { return host }
        return try HostPort(word, defaultPort: Reception.port)
    }

    /// The aliases and their hosts, by name.
    package var aliases: [(name: String, host: HostPort)] {
        state.withLock { $0.aliases }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Gives a host a name, or another one's.
    func setAlias(_ name: String, _ host: HostPort?) {
        state.withLock { $0.aliases[name] = host }
    }

    /// What may be typed for a peer: `.`, aliases, hosts that were spoken with.
    package var knownHosts: [String] {
        let (aliases, seen, isJoined) = state.withLock { state in
            (state.aliases.keys.sorted(), state.seen, state.joined != nil)
        }
        return (isJoined ? ["."] : []) + aliases + seen
    }

    /// Remembers a host that was spoken with, as it was typed; the last one first.
    func sawHost(_ word: String) {
        state.withLock { state in
            guard word != ".", state.aliases[word] == nil else { return }
            state.seen.removeAll { $0 == word }
            state.seen.insert(word, at: 0)
            if state.seen.count > Self.seenLimit { state.seen.removeLast() }
        }
    }

    // MARK: The peer in use, and the chat

    /// The connection to the peer in use.
    var joined: Link? { state.withLock { $0.joined } }

    /// The chat that goes on.
    var chat: Chat? { state.withLock { $0.chat } }

    /// Makes another peer the one in use, or none.
    ///
    /// - Returns: The one that was.
    func join(_ link: Link?) -> Link? {
        state.withLock { state in
            defer { state.joined = link }
            return state.joined
        }
    }

    /// Begins a chat, or ends it.
    func setChat(_ chat: Chat?) {
        state.withLock { $0.chat = chat }
    }

    /// Cancels what is under way and closes the connections that are held, before the program ends;
    /// ``run()`` must run, or have been cancelled.
    package func close() async {
        begin.finish()
        for await _ in over {}
        if let chat { await chat.link.close() }
        await joined?.close()
    }

    /// A connection to a host, not made yet.
    func link(_ word: String) throws -> Link {
        Link(
            name: word == "." ? joined?.name ?? word : word,
            host: try host(word),
            notice: notice,
            watch: { [weak self] link, conn in
                self?.start {
                    do {
                        try await conn.perform { try await $0.waitForEnd() }
                    } catch {
                        return
                    }
                    await link.ended(conn)
                }
            }
        )
    }

    // MARK: What was heard, and what was not sent

    /// Who sent the last message.
    var lastHeard: Address? { state.withLock { $0.lastHeard } }

    /// Takes note of who sent a message.
    func heard(from address: Address) {
        state.withLock { $0.lastHeard = address }
    }

    /// How many texts did not get to their peers.
    var unsentCount: Int { state.withLock { $0.unsent.count } }

    /// Keeps a text that did not get to its peer; of too many the oldest is dropped, which is said.
    func keep(_ unsent: Unsent) {
        let isFull = state.withLock { state in
            let isFull = state.unsent.count == Self.unsentLimit
            if isFull { state.unsent.removeFirst() }
            state.unsent.append(unsent)
            return isFull
        }
        if isFull {
            notice("the oldest line that was not sent is dropped: \(Self.unsentLimit) are kept")
        }
    }

    /// Takes out what is kept, the oldest first.
    func takeUnsent() -> [Unsent] {
        state.withLock { state in
            defer { state.unsent = [] }
            return state.unsent
        }
    }
}
