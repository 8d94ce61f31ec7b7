internal import Glibc
internal import NIOCore
internal import NIOPosix

/// A socket that listens at one address.
struct ListeningSocket: Sendable {
    /// Where it listens, with the port that the system chose.
    let address: Address
    private let channel: any Channel
    /// The file of a unix socket.
    private let file: UnixSocketFile?

    init(_ address: Address, _ channel: any Channel, _ file: UnixSocketFile? = nil) {
        self.address = address
        self.channel = channel
        self.file = file
    }

    /// Begins to accept what waits.
    func startAccepting() {
        channel.setOption(.autoRead, value: true).whenSuccess { [channel] in channel.read() }
    }

    /// Begins to close it; it may be called again.
    func beginClose() {
        // Before the socket: who comes now finds none, and does not take it for a stale one.
        file?.remove()
        channel.close(promise: nil)
    }

    /// Closes it; when it returns, its address is free.
    func close() async {
        beginClose()
        try? await channel.closeFuture.get()
    }
}

extension Network {
    /// How many connections may wait to be accepted.
    private static let backlog: Int32 = 4_096

    /// Listens on one address; nothing is accepted yet.
    ///
    /// - Throws: what SwiftNIO throws, and `UnixSocketFile.Fault`.
    func bind(
        _ address: Address,
        _ acceptor: Acceptor,
        _ configuration: Listener.Configuration,
    ) async throws -> ListeningSocket {
        guard address.family == .unix else {
            let channel = try await bootstrap(acceptor)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelOption(.backlog, value: Self.backlog)
                .bind(to: address.socketAddress)
                .get()
            // Connections inherit it from the socket that listens.
            if let idle = configuration.keepAlive { try await channel.keepAlive(after: idle).get() }
            return ListeningSocket(Address(channel.localAddress) ?? address, channel)
        }
        let (socket, file) = try UnixSocketFile.bind(address, backlog: Self.backlog)
        do {
            let channel = try await bootstrap(acceptor).withBoundSocket(socket).get()
            // SwiftNIO has set a backlog of its own.
            listen(socket, Self.backlog)
            return ListeningSocket(address, channel, file)
        } catch {
            file.remove()
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

extension Channel {
    /// Sets keep-alive from any thread.
    fileprivate func keepAlive(after idle: Duration) -> EventLoopFuture<Void> {
        eventLoop.submit { try self.keepAlive(after: idle) }
    }
}
