/// How many connections a listener has, and whether it takes another.
struct Admission {
    private let limits: Listener.Configuration
    private var total = 0
    /// By the peer's address, its port left out.
    private var counts: [Address: Int] = [:]

    init(_ limits: Listener.Configuration) {
        self.limits = limits
    }

    /// Counts a connection of the peer.
    ///
    /// - Throws: where it is not to be taken; then it does not count.
    mutating func admit(_ peer: Address) throws(Refusal) {
        guard isAllowed(peer) else { throw .notAllowed }
        guard total < limits.connectionLimit else {
            throw .tooManyConnections(limit: limits.connectionLimit)
        }
        if peer.family != .unix { try countAddress(peer.with(port: 0)) }
        total += 1
    }

    /// A connection that was counted is closed.
    mutating func release(_ peer: Address) {
        total -= 1
        let host = peer.with(port: 0)
        guard let count = counts[host] else { return }
        counts[host] = count > 1 ? count - 1 : nil
    }

    private func isAllowed(_ peer: Address) -> Bool {
        limits.allowed.isEmpty || peer.family == .unix
            || limits.allowed.contains { $0.contains(peer) }
    }

    private mutating func countAddress(_ host: Address) throws(Refusal) {
        let count = counts[host, default: 0]
        guard count < limits.connectionLimitPerAddress else {
            throw .tooManyFromAddress(limit: limits.connectionLimitPerAddress)
        }
        counts[host] = count + 1
    }
}
