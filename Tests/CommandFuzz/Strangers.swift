import NIOCore
import NIOEmbedded
import Net
import Shell
import Synchronization

/// Peers of a session, over channels in memory, on the caller's thread.
struct Strangers {
    /// Counts from any thread; all are this one.
    final class Count: Sendable {
        private let state = Mutex(0)

        var count: Int { state.withLock { $0 } }

        func add() {
            state.withLock { $0 += 1 }
        }
    }

    private let loop: EmbeddedEventLoop
    private let session: Session
    private let live: LiveSettings
    private let listener: Listener
    private let replies = Count()
    let complaints = Count()

    /// How many replies came.
    var replyCount: Int { replies.count }
    /// How many messages were received.
    var messageCount: Int { session.log.total }

    init(_ loop: EmbeddedEventLoop) throws {
        self.loop = loop
        let surface = Output.Surface(columns: { nil }, isColored: { false })
        let output = Output(
            result: { _ in },
            diagnostic: { [complaints] _ in complaints.add() },
            pager: nil,
            surface: surface,
            diagnosticSurface: surface
        )
        let network = Network(eventLoop: loop)
        live = LiveSettings()
        session = Session(output: output, network: network, settings: live)
        listener = Listener(inMemory: Listener.Configuration(), network: network)
        Task(executorPreference: listener.executor) { [session, listener] in
            await session.reception.answer(listener)
        }
        loop.run()
    }

    /// Has messages shown, or only kept.
    func setQuiet(_ isQuiet: Bool) {
        live.change { $0.isQuiet = isQuiet }
    }

    /// Says something, in pieces, and ends the stream or the connection.
    func talk(_ bytes: [UInt8], _ random: inout SplitMix) throws {
        let channel = EmbeddedChannel(loop: loop)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 50_000)
        channel.connect(to: address, promise: nil)
        try listener.accept(channel)
        var rest = bytes[...]
        while !rest.isEmpty, channel.isActive {
            let count = Int.random(in: 1...rest.count, using: &random)
            channel.pipeline.fireChannelRead(ByteBuffer(bytes: rest.prefix(count)))
            channel.pipeline.fireChannelReadComplete()
            loop.run()
            rest = rest.dropFirst(count)
        }
        if Bool.random(using: &random) {
            channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            loop.run()
        }
        try countReplies(of: channel)
        channel.close(promise: nil)
        loop.run()
        guard listener.connectionCount == 0 else {
            throw Fault(description: "a connection stays after \(bytes)")
        }
    }

    /// Closes everything.
    func end() {
        let closed = Task(executorPreference: listener.executor) { [listener] in
            await listener.close()
        }
        loop.run()
        _ = closed
    }

    private func countReplies(of channel: EmbeddedChannel) throws {
        var said: [UInt8] = []
        while let part = try channel.readOutbound(as: ByteBuffer.self) {
            said += part.readableBytesView
        }
        let reply = Array("Thank you.\n".utf8)
        guard said.count.isMultiple(of: reply.count),
            stride(from: 0, to: said.count, by: reply.count)
                .allSatisfy({ said[$0..<$0 + reply.count].elementsEqual(reply) })
        else { throw Fault(description: "it said \(said)") }
        for _ in 0..<said.count / reply.count { replies.add() }
    }
}
