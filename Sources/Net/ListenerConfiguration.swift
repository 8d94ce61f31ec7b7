extension Listener {
    /// Which connections a listener takes.
    public struct Configuration: Sendable, Hashable {
        /// How many connections may be open at once: 4,096.
        public var connectionLimit = 4_096
        /// How many of them may come from one address: 1,024.
        public var connectionLimitPerAddress = 1_024

        /// The defaults.
        public init() {}
    }
}
