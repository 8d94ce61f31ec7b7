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
        var kept = Latest<Arrival>(countLimit: countLimit, sizeLimit: sizeLimit) {
            $0.content.size
        }
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
            let arrival = Arrival(id: state.lastID, peer: peer, content: content)
            Self.forget(state.kept.append(arrival), in: &state)
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
            return (count, taken)
        }
    }

    /// What came after another, the oldest first.
    func all(after id: Int = 0) -> ArraySlice<Arrival> {
        state.withLock { state in
            let kept = state.kept.elements
            let index = kept.lastIndex { $0.id <= id }.map { $0 + 1 } ?? 0
            return kept[index...]
        }
    }

    /// Takes one out.
    func take(_ id: Int) {
        state.withLock { $0.kept.removeAll { $0.id == id } }
    }

    /// Counts the messages among what is not kept any more.
    private static func forget(_ dropped: [Arrival], in state: inout State) {
        for case .message(let message) in dropped.map(\.content) {
            let sender = message.peer.host
            guard state.forgotten[sender] != nil || state.forgotten.count < senderLimit else {
                continue
            }
            state.forgotten[sender, default: 0] += 1
        }
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
