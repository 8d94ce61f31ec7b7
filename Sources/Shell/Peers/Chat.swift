private import Synchronization

/// Lines that are sent to one peer as they are typed, each as a STRING, one after another.
final class Chat: Sendable {
    /// What a line in a chat is.
    enum Line: Equatable {
        case nothing
        case text([UInt8])
        /// A command, without its slash.
        case command([UInt8])
        case leave

        /// Reads a line: `/COMMAND`, `/leave`, `//text` for a text that begins with a slash.
        init(_ line: [UInt8]) {
            guard line.first == UInt8(ascii: "/") else {
                self = line.allSatisfy { $0 == UInt8(ascii: " ") } ? .nothing : .text(line)
                return
            }
            let rest = Array(line.dropFirst())
            let isLeave = String(decoding: rest, as: UTF8.self).split(separator: " ") == ["leave"]
            if isLeave {
                self = .leave
            } else {
                self = rest.first == UInt8(ascii: "/") ? .text(rest) : .command(rest)
            }
        }
    }

    /// The connection, the peer in use's where the chat is with `.`.
    let link: Link
    /// Whether the connection is the chat's own, and ends with it.
    let ownsLink: Bool
    private let lines: AsyncStream<[UInt8]>
    private let typed: AsyncStream<[UInt8]>.Continuation
    private let pending = Mutex(Pending())
    /// Rung when no text waits any more.
    private let sent = Bell()

    private struct Pending {
        var count = 0
        var isGivenUp = false
    }

    init(link: Link, ownsLink: Bool) {
        self.link = link
        self.ownsLink = ownsLink
        (lines, typed) = AsyncStream.makeStream()
    }

    /// Has a text sent after those before it; does not wait.
    func send(_ text: [UInt8]) {
        pending.withLock { $0.count += 1 }
        typed.yield(text)
    }

    /// Gives each text to a function, in order, until the task is cancelled.
    func deliver(_ send: @Sendable ([UInt8]) async -> Void) async {
        for await line in lines {
            await send(line)
            let isLast = pending.withLock { pending in
                pending.count -= 1
                return pending.count == 0
            }
            if isLast { sent.ring() }
        }
    }

    /// Returns when everything typed so far was sent, or could not be, or the task is cancelled.
    func waitUntilSent() async {
        while unfinishedCount > 0, !Task.isCancelled { await sent.wait() }
    }

    /// How many texts were neither sent nor given up yet.
    var unfinishedCount: Int { pending.withLock { $0.count } }

    /// Whether nothing more is to be sent, not even what waits.
    var isGivenUp: Bool { pending.withLock { $0.isGivenUp } }

    /// Has nothing more sent.
    func giveUp() {
        pending.withLock { $0.isGivenUp = true }
    }

    /// Takes no more texts.
    func end() {
        typed.finish()
    }
}
