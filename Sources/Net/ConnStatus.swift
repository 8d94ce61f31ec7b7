extension Conn {
    /// What there is to say of a connection at one moment.
    public struct Status: Sendable, Hashable {
        /// Its number among the connections of its network, from 1.
        public let id: Int
        /// Whether it was accepted, and not made.
        public let isIncoming: Bool
        /// The address of the other side.
        public let remoteAddress: Address
        /// The address of this side.
        public let localAddress: Address
        /// When it was made, or accepted.
        public let opened: ContinuousClock.Instant
        /// How many commands were answered, or sent, on it.
        public let messages: Int
        /// How many bytes came.
        public let bytesReceived: Int
        /// How many bytes were handed to the system.
        public let bytesSent: Int
    }

    /// How the connection stands.
    public var status: Status {
        onLoop()
        return Status(
            id: id,
            isIncoming: isIncoming,
            remoteAddress: remoteAddress,
            localAddress: localAddress,
            opened: opened,
            messages: messages,
            bytesReceived: bytesReceived,
            bytesSent: bytesSent
        )
    }

    /// Counts a command that was answered or sent; an `Endpoint` counts those that it answers.
    public func countMessage() {
        onLoop()
        messages += 1
    }
}

extension Listener {
    /// The connections that are open, the oldest first.
    public func connections() async -> [Conn.Status] {
        let conns = acceptor.conns
        var all: [Conn.Status] = []
        for executor in network.executors {
            let own = conns.filter { $0.executor === executor }
            // One look at each loop, however many connections it has.
            guard let first = own.first else { continue }
            all += (try? await first.perform { _ in own.map(\.status) }) ?? []
        }
        return all.sorted { $0.opened < $1.opened }
    }
}
