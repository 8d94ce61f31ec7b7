private import Glibc
internal import NIOCore
internal import NIOPosix

/// A socket that listens, and whose connections live on SwiftNIO's event loops.
struct ListeningChannel: Sendable {
    private let socket: ListeningSocket
    private let channel: any Channel

    init(_ socket: ListeningSocket, _ channel: any Channel) {
        self.socket = socket
        self.channel = channel
    }

    /// Begins to accept what waits.
    func startAccepting() {
        channel.setOption(.autoRead, value: true).whenSuccess { [channel] in channel.read() }
    }

    /// Begins to close it; it may be called again.
    func beginClose() {
        socket.removeFile()
        channel.close(promise: nil)
    }

    /// Closes it; when it returns, its address is free.
    func close() async {
        beginClose()
        try? await channel.closeFuture.get()
    }
}

extension Network {
    /// Has the connections of a socket live on the event loops; nothing is accepted yet.
    ///
    /// - Throws: what SwiftNIO throws; then the socket is closed.
    func channel(_ socket: ListeningSocket, _ acceptor: Acceptor) async throws -> ListeningChannel {
        let descriptor = socket.socket.descriptor
        do {
            let channel = try await bootstrap(acceptor).withBoundSocket(descriptor).get()
            // SwiftNIO has set a backlog of its own.
            listen(descriptor, StreamSocket.backlog)
            return ListeningChannel(socket, channel)
        } catch {
            socket.removeFile()
            throw error
        }
    }

    private func bootstrap(_ acceptor: Acceptor) -> ServerBootstrap {
        ServerBootstrap(group: accepting.eventLoop, childGroup: eventLoops)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = AcceptHandler(acceptor)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try acceptor.add(channel, on: self) }
            }
    }
}
