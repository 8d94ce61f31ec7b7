package import NIOCore

// For programs that try the endpoint with very many streams: connections without sockets.

extension Network {
    /// A network of one loop that the caller runs, and ends.
    package convenience init(eventLoop: any EventLoop) {
        self.init(executors: [LoopExecutor(eventLoop)], group: eventLoop, observer: nil)
    }
}

extension Listener {
    /// A listener without sockets, whose connections are given to it.
    package convenience init(
        inMemory configuration: Configuration = Configuration(),
        network: Network,
    ) {
        self.init([], at: [], acceptor: Acceptor(configuration), on: network)
    }

    /// Takes over a connection, on its event loop.
    ///
    /// - Throws: where it is not to be taken.
    package func accept(_ channel: any Channel) throws {
        try acceptor.add(channel, on: network)
    }

    /// How many connections are open.
    package var connectionCount: Int { acceptor.conns.count }

    /// The executor on whose loop the connections live.
    package var executor: any TaskExecutor { network.executors[0] }
}
