import Net
private import Synchronization

/// What came and was not waited for yet: the messages received, and the replies to what was sent.
///
/// `wait` and `expect` take out what they count or match, and nothing else, so that whatever came
/// before they began is there. The latest 1,000 are kept, or as many as have 64 MiB; messages before
/// those are only counted.
final class Arrivals: Sendable {
    /// Something that came.
    struct Arrival: Sendable {
        enum Content: Sendable {
            case message(Message)
            /// The reply to a STRING.
            case reply([UInt8])

            var size: Int {
                switch self {
                case .message(let message): message.size
                case .reply(let text): text.count
                }
            }
        }

        /// Counted from 1.
        let id: Int
        let peer: Address
        let content: Content

        /// Whether it is a message of one of these senders, of any where none is named.
        func isMessage(of senders: Senders) -> Bool {
            if case .message = content { senders.include(peer) } else { false }
        }
    }

    private struct State {
        var kept: [Arrival] = []
        var size = 0
        var lastID = 0
        /// How many messages are not kept any more, by the address of the sender.
        var forgotten: [String: Int] = [:]
    }

    private static let countLimit = 1_000
    private static let sizeLimit = 64 << 20
    /// How many senders are told apart of messages that are not kept.
    private static let senderLimit = 1_000

    private let state = Mutex(State())
    private let bell = Bell()

    /// Takes in what came.
    func add(_ content: Arrival.Content, from peer: Address) {
        state.withLock { state in
            state.lastID += 1
            state.kept.append(Arrival(id: state.lastID, peer: peer, content: content))
            state.size += content.size
            trim(&state)
        }
        bell.ring()
    }

    /// Returns when something came since the last time, at a moment, or when the task is cancelled.
    func wait(until moment: ContinuousClock.Instant) async {
        await bell.wait(until: moment)
    }

    /// Takes out the oldest messages of some senders.
    ///
    /// - Returns: How many there were, at most so many as are wanted, and those that are kept.
    func take(_ wanted: Int, from senders: Senders) -> (count: Int, kept: [Arrival]) {
        state.withLock { state in
            var count = 0
            for (sender, number) in state.forgotten where senders.include(sender) {
                let taken = min(number, wanted - count)
                count += taken
                state.forgotten[sender] = number == taken ? nil : number - taken
            }
            var taken: [Arrival] = []
            state.kept.removeAll { arrival in
                guard count < wanted, arrival.isMessage(of: senders) else { return false }
                count += 1
                taken.append(arrival)
                return true
            }
            state.size -= taken.reduce(0) { $0 + $1.content.size }
            return (count, taken)
        }
    }

    /// What came after another, the oldest first.
    func all(after id: Int = 0) -> ArraySlice<Arrival> {
        state.withLock { state in
            let index = state.kept.lastIndex { $0.id <= id }.map { $0 + 1 } ?? 0
            return state.kept[index...]
        }
    }

    /// Takes one out.
    func take(_ id: Int) {
        state.withLock { state in
            guard let index = state.kept.firstIndex(where: { $0.id == id }) else { return }
            state.size -= state.kept.remove(at: index).content.size
        }
    }

    /// Drops the oldest in blocks, so that an arrival costs a constant time; one is always kept.
    private func trim(_ state: inout State) {
        var excess = 0
        if state.kept.count >= Self.countLimit + Self.countLimit / 4 {
            excess = state.kept.count - Self.countLimit
        }
        var size = state.size - state.kept.prefix(excess).reduce(0) { $0 + $1.content.size }
        while size > Self.sizeLimit, excess < state.kept.count - 1 {
            size -= state.kept[excess].content.size
            excess += 1
        }
        guard excess > 0 else { return }
        for case .message(let message) in state.kept.prefix(excess).map(\.content) {
            let sender = message.peer.host
            guard state.forgotten[sender] != nil || state.forgotten.count < Self.senderLimit else {
                continue
            }
            state.forgotten[sender, default: 0] += 1
        }
        state.kept.removeFirst(excess)
        state.size = size
    }
}

/// Whose messages are meant: those of some addresses, whatever their ports, or of anybody.
enum Senders: Sendable {
    case anybody
    case addresses(Set<String>)

    /// Whether the sender at an address is one of them.
    func include(_ address: Address) -> Bool { include(address.host) }

    /// Whether the sender at an address, written without a port, is one of them.
    func include(_ host: String) -> Bool {
        switch self {
        case .anybody: true
        case .addresses(let addresses): addresses.contains(host)
        }
    }
}
