extension Listener {
    /// Which connections a listener takes.
    public struct Configuration: Sendable, Hashable {
        /// How many connections may be open at once: 4,096.
        public var connectionLimit = 4_096
        /// How many of them may come from one IP address: 1,024.
        public var connectionLimitPerAddress = 1_024
        /// From where connections are taken: from anywhere where it is empty.
        ///
        /// It does not concern unix sockets: the rights of the file say who may connect.
        public var allowed: [CIDR] = []
        /// How long a connection is silent before the system asks for a sign of life of its peer, and
        /// how often it asks then, so that the connection of a peer that is gone ends: 15 s; `nil`
        /// where it never asks.
        public var keepAlive: Duration? = .seconds(15)

        /// The defaults.
        public init() {}
    }
}
