internal import NIOCore

extension Channel {
    /// Sets what all connections have in common, in the channel's initializer.
    ///
    /// Without futures, unlike the options of a bootstrap: this runs for every connection accepted.
    func setUp() throws {
        guard let options = syncOptions else { return }
        // A peer that has ended its stream still gets our reply.
        try options.setOption(.allowRemoteHalfClosure, value: true)
        // Little for a connection that is mostly idle, more as more comes.
        let sizes = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 512, maximum: 65_536)
        try options.setOption(.recvAllocator, value: sizes)
        // No second read only to learn that there is nothing more yet.
        try options.setOption(.maxMessagesPerRead, value: 1)
    }
}
