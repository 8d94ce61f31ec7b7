internal import NIOCore

/// Reports that a connection could not be accepted, and lets a second pass before the next attempt.
///
/// SwiftNIO's own pause does not hold where the listener reads by itself: without descriptors it
/// would try again without end.
final class AcceptErrorHandler: ChannelInboundHandler {
    typealias InboundIn = Channel

    private let acceptor: Acceptor
    private var isPausing = false

    init(_ acceptor: Acceptor) {
        self.acceptor = acceptor
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isPausing else { return }
        isPausing = true
        acceptor.failed(error)
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
            [channel = context.channel] in
            self.isPausing = false
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
