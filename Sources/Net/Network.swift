internal import NIOCore
internal import NIOPosix

/// The threads on which connections live: one event loop each.
///
/// One loop serves many thousands of connections; more of them help only where handlers compute
/// much. The threads end when the network and everything made with it is gone.
public final class Network: Sendable {
    /// The loops, in the order in which they take connections.
    let executors: [LoopExecutor]
    /// Who is told of all bytes that are sent and received.
    let observer: TrafficObserver?
    private let group: MultiThreadedEventLoopGroup

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - loops: how many event loops, each with its thread; at least 1.
    ///   - observer: who is told of all bytes that are sent and received.
    public init(loops: Int = 1, observer: TrafficObserver? = nil) {
        precondition(loops >= 1, "a network needs at least one event loop")
        self.observer = observer
        group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
        executors = group.makeIterator().map { LoopExecutor($0) }
    }

    deinit {
        // The callback form: this may run on one of the loops, which must not wait for itself.
        group.shutdownGracefully { _ in }
    }

    /// All loops, for new connections to be spread over.
    var eventLoops: any EventLoopGroup { group }

    /// The executor of a channel's event loop.
    func executor(of eventLoop: any EventLoop) -> LoopExecutor {
        guard let executor = executors.first(where: { $0.eventLoop === eventLoop }) else {
            preconditionFailure("the event loop is of another network")
        }
        return executor
    }
}
