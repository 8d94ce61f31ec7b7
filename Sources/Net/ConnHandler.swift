internal import NIOCore

/// Carries bytes and events between a channel and its `Conn`; the only handler of the pipeline.
final class ConnHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private let conn: Conn

    init(_ conn: Conn) {
        self.conn = conn
    }

    func handlerAdded(context: ChannelHandlerContext) {
        conn.begin(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        conn.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        conn.received(&bytes)
        conn.show(.bytes)
    }

    func read(context: ChannelHandlerContext) {
        if !conn.holdBack() { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        conn.inputEnded()
        conn.show(.end)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        conn.failed(error)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { conn.becameWritable() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        conn.becameInactive()
        conn.show(.end)
    }
}
