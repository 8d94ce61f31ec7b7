private import Glibc
internal import NIOCore

/// Little for a connection that is mostly idle, more as more comes.
private let bufferSizes = AdaptiveRecvByteBufferAllocator(
    minimum: 512,
    initial: 512,
    maximum: 65_536,
)

extension Channel {
    /// Sets what all connections have in common, in the channel's initializer.
    ///
    /// Without futures, unlike the options of a bootstrap: this runs for every connection accepted.
    func setUp() throws {
        guard let options = syncOptions else { return }
        // A peer that has ended its stream still gets our reply.
        try options.setOption(.allowRemoteHalfClosure, value: true)
        try options.setOption(.recvAllocator, value: bufferSizes)
        // No second read only to learn that there is nothing more yet.
        try options.setOption(.maxMessagesPerRead, value: 1)
    }
}

extension Channel {
    /// Has the system ask for a sign of life of the peer after a connection was idle for a time, and
    /// again every so often.
    func keepAlive(after idle: Duration) throws {
        guard let options = syncOptions else { return }
        let seconds = Int(idle.keepAliveSeconds)
        try options.setOption(.socketOption(.so_keepalive), value: 1)
        try options.setOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: seconds)
        try options.setOption(.tcpOption(.init(rawValue: TCP_KEEPINTVL)), value: seconds)
    }
}

extension Duration {
    /// The time as the system counts it, as Go has it: in whole seconds, and no more than 32,767.
    var keepAliveSeconds: Int32 {
        Int32(min(max((self / .seconds(1)).rounded(.up), 1), 32_767))
    }
}
