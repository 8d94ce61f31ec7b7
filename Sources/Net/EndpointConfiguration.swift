extension Endpoint {
    /// What an endpoint allows its peers.
    public struct Configuration: Sendable, Hashable {
        /// The longest name line in bytes: 256.
        public var nameLimit = 256
        /// How long a command may take to arrive whole, counted from its first byte, and how long a
        /// peer may leave replies in this side's hands: 30 s; `nil` where there is no limit.
        public var commandTimeout: Duration? = .seconds(30)
        /// How long a connection may be silent before its first command, and between commands:
        /// 10 min; `nil` where there is no limit.
        public var idleTimeout: Duration? = .seconds(600)
        /// Whether each command that was answered is an event; that costs two looks at the clock.
        public var reportsAnswers = false

        /// The defaults.
        public init() {}
    }
}
