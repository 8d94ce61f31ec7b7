internal import NIOCore

/// Lets a moment pass where a connection could not be accepted, and reports it.
///
/// SwiftNIO's own pause does not hold where the listener reads by itself: without descriptors it
/// would try again without end.
final class AcceptErrorHandler: ChannelInboundHandler {
    typealias InboundIn = Channel

    /// How soon it is tried again: at once for a person, seldom for a processor.
    private static let pause = TimeAmount.milliseconds(100)
    /// How long nothing more is reported.
    private static let silence = Duration.seconds(10)

    private let acceptor: Acceptor
    private var isPausing = false
    private var lastReport: ContinuousClock.Instant?

    init(_ acceptor: Acceptor) {
        self.acceptor = acceptor
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isPausing else { return }
        isPausing = true
        report(error)
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            [channel = context.channel] in
            self.isPausing = false
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }

    private func report(_ error: any Error) {
        let now = ContinuousClock.now
        if let lastReport, now - lastReport < Self.silence { return }
        lastReport = now
        acceptor.failed(error)
    }
}
