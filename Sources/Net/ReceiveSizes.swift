internal import NIOCore

/// How much is read from a socket at once: little for a connection that is mostly idle, more as more
/// comes.
let receiveSizes = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 512, maximum: 65_536)
