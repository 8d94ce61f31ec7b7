extension Proxy {
    /// Which way bytes are carried.
    public enum Direction: Sendable, Hashable {
        case toHost
        case toClient
    }

    /// The two ends of a conversation that is carried.
    public struct Ends: Sendable, Hashable {
        /// The number of the client's connection: see ``Conn/id``.
        public let connection: Int
        /// Who has connected.
        public let client: Address
        /// The address to which the client has connected.
        public let local: Address
        /// The address to which everything is carried.
        public let host: Address
    }

    /// How many bytes of a conversation were carried.
    public struct Total: Sendable, Hashable {
        /// How many went from the client to the host.
        public let bytesToHost: Int
        /// How many went from the host to the client.
        public let bytesToClient: Int
    }

    /// How a conversation was broken off.
    public struct Rupture: Sendable, Equatable {
        /// Whether the client did it, and not the host.
        public let isOfClient: Bool
        /// How it was noticed.
        public let error: NetError
    }

    /// Who is told of one conversation, on its event loop and in order; it must not block.
    public struct Witness: Sendable {
        /// Whether bytes are wanted now; asked for each piece, so it must be quick.
        let wantsBytes: @Sendable () -> Bool
        let onBytes: @Sendable (Direction, [UInt8]) -> Void
        let onEnd: @Sendable (Total, Rupture?) -> Void

        /// A witness of these parts.
        ///
        /// - Parameters:
        ///   - wantsBytes: Whether it is told of bytes now; asked for each piece, so it must be quick.
        ///   - onBytes: is told of bytes, when they were sent on.
        ///   - onEnd: is told that both connections are closed, how much was carried, and who broke them
        ///     off, if one did.
        public init(
            wantsBytes: @escaping @Sendable () -> Bool = { true },
            onBytes: @escaping @Sendable (Direction, [UInt8]) -> Void,
            onEnd: @escaping @Sendable (Total, Rupture?) -> Void,
        ) {
            self.wantsBytes = wantsBytes
            self.onBytes = onBytes
            self.onEnd = onEnd
        }
    }
}
