import Net
private import Synchronization

/// What was said of connections that are not taken: the same once, not once a connection.
final class Refusals: Sendable {
    /// What was said of whom.
    private struct Said: Hashable {
        let host: Address
        let reason: String
    }

    /// How much is remembered; when there is more, all is forgotten, and said again.
    private let limit: Int
    private let said = Mutex<Set<Said>>([])

    init(limit: Int = 1_000) {
        self.limit = limit
    }

    /// Whether it is the first time that the address, whatever its port, is refused for the reason.
    func isNew(_ peer: Address, _ reason: String) -> Bool {
        said.withLock { said in
            if said.count == limit { said = [] }
            return said.insert(Said(host: peer.with(port: 0), reason: reason)).inserted
        }
    }
}
