private import Glibc
internal import NIOCore

/// Lets a moment pass where connections cannot be accepted, or where they would take the last
/// descriptors, and reports it.
///
/// SwiftNIO's own pause does not hold where the listener reads by itself: without descriptors it
/// would try again without end.
final class AcceptHandler: ChannelInboundHandler {
    typealias InboundIn = Channel

    private let acceptor: Acceptor
    private var isPausing = false
    private var reports = AcceptReports()

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
        if reports.areDue() { acceptor.failed(error) }
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        resumeLater(context.channel)
    }

    private func resumeLater(_ channel: any Channel) {
        channel.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(AcceptReports.pause)) {
            guard channel.isActive else { return }
            guard !DescriptorLimit.isNear else { return self.resumeLater(channel) }
            self.isPausing = false
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
