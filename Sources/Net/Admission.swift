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
        guard total < limits.connectionLimit else {
            throw .tooManyConnections(limit: limits.connectionLimit)
        }
        let host = peer.with(port: 0)
        let count = counts[host, default: 0]
        guard count < limits.connectionLimitPerAddress else {
            throw .tooManyFromAddress(limit: limits.connectionLimitPerAddress)
        }
        counts[host] = count + 1
        total += 1
    }

    /// A connection that was counted is closed.
    mutating func release(_ peer: Address) {
        let host = peer.with(port: 0)
        guard let count = counts[host] else { return }
        counts[host] = count > 1 ? count - 1 : nil
        total -= 1
    }
}
