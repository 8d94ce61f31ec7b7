internal import NIOCore
internal import NIOPosix
private import Synchronization

/// The threads on which connections live: one event loop each.
///
/// One loop serves many thousands of connections; more of them have more processors work at once.
/// The threads end when the network and everything made with it is gone.
public final class Network: Sendable {
    /// The loops, in the order in which they take connections.
    let executors: [LoopExecutor]
    /// Who is told of the connections, and of all bytes that go over them.
    let observer: NetworkObserver?
    private let group: any EventLoopGroup
    private let ownsThreads: Bool
    private let connectionCount = Atomic(0)

    /// As many loops as the machine has processors, but no more than 4.
    public static let usualLoops = min(System.coreCount, 4)

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - loops: how many event loops, each with its thread; at least 1.
    ///   - observer: who is told of the connections, and of all bytes that go over them.
    public convenience init(loops: Int = usualLoops, observer: NetworkObserver? = nil) {
        precondition(loops >= 1, "a network needs at least one event loop")
        let group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
        let executors = group.makeIterator().map { LoopExecutor($0) }
        self.init(executors: executors, group: group, ownsThreads: true, observer: observer)
    }

    /// A network of these loops, whose threads it ends if it owns them.
    init(
        executors: [LoopExecutor],
        group: any EventLoopGroup,
        ownsThreads: Bool = false,
        observer: NetworkObserver?,
    ) {
        self.executors = executors
        self.group = group
        self.ownsThreads = ownsThreads
        self.observer = observer
    }

    deinit {
        guard ownsThreads else { return }
        // The callback form: this may run on one of the loops, which must not wait for itself.
        group.shutdownGracefully { _ in }
    }

    /// The loop on which listeners accept.
    var accepting: LoopExecutor { executors[0] }

    /// Does something on each of the threads, one after another.
    public func onEveryThread(_ body: @escaping @Sendable () -> Void) async {
        for executor in executors { try? await executor.eventLoop.submit(body).get() }
    }

    /// The number of a new connection.
    func nextConnectionID() -> Int {
        connectionCount.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// All loops, which take new connections in turn.
    var eventLoops: any EventLoopGroup { group }

    /// Has the loop that took the last connection take the next one too: the others miss their turn.
    func repeatTurn() {
        for _ in executors.dropFirst() { _ = group.next() }
    }

    /// The executor of a channel's event loop.
    func executor(of eventLoop: any EventLoop) -> LoopExecutor {
        guard let executor = executors.first(where: { $0.eventLoop === eventLoop }) else {
            preconditionFailure("the event loop is of another network")
        }
        return executor
    }
}
