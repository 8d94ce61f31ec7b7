internal import NIOCore

/// Carries bytes and events between a channel and its `Conn`; the only handler of the pipeline.
final class ConnHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    /// What a connection does first.
    enum FirstSign {
        case bytes
        /// It ended before it sent anything.
        case end
    }

    private let conn: Conn
    private var onFirstSign: ((Conn, FirstSign) -> Void)?

    init(_ conn: Conn, onFirstSign: ((Conn, FirstSign) -> Void)? = nil) {
        self.conn = conn
        self.onFirstSign = onFirstSign
    }

    func handlerAdded(context: ChannelHandlerContext) {
        conn.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        conn.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        conn.received(&bytes)
        report(.bytes)
    }

    func read(context: ChannelHandlerContext) {
        if !conn.holdBack() { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        conn.inputEnded()
        report(.end)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        conn.failed(error)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { conn.becameWritable() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        conn.becameInactive()
        report(.end)
    }

    private func report(_ sign: FirstSign) {
        guard let report = onFirstSign else { return }
        onFirstSign = nil
        report(conn, sign)
    }
}
