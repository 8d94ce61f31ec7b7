private import Glibc
internal import NIOCore

/// Lets a moment pass where connections cannot be accepted, or where they would take the last
/// descriptors, and reports it.
///
/// SwiftNIO's own pause does not hold where the listener reads by itself: without descriptors it
/// would try again without end.
final class AcceptHandler: ChannelInboundHandler {
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

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(data)
        if DescriptorLimit.isNear { pause(context, IOError(errnoCode: EMFILE, reason: "accept")) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        pause(context, error)
    }

    private func pause(_ context: ChannelHandlerContext, _ error: any Error) {
        guard !isPausing else { return }
        isPausing = true
        report(error)
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        resumeLater(context.channel)
    }

    private func resumeLater(_ channel: any Channel) {
        channel.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            guard channel.isActive else { return }
            guard !DescriptorLimit.isNear else { return self.resumeLater(channel) }
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
