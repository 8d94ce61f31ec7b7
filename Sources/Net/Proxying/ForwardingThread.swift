private import Synchronization

/// A thread on which connections are carried, as others see it: something to which jobs are handed.
final class ForwardingThread: Sendable {
    /// What is done on the thread.
    typealias Job = @Sendable (ForwardingLoop) -> Void

    /// How many conversations a thread has before others get some: to wake one costs more than to carry
    /// a few; and for how many its loop stays awake.
    static let few = 4

    let poller: Poller
    private let jobs = Mutex<[Job]?>([])
    private let conversations = Atomic(0)
    private let lastSource = Atomic<UInt64>(0)
    private let end: Task<Void, Never>

    /// Starts the thread, which ends when its loop is told so.
    init() throws(SystemFault) {
        let poller = try Poller()
        self.poller = poller
        let (running, stop) = AsyncStream.makeStream(of: Never.self)
        end = Task { for await _ in running {} }
        let failure = startThread { [self] in
            ForwardingLoop(self).run()
            stop.finish()
        }
        guard failure == 0 else {
            stop.finish()
            throw SystemFault(errno: failure)
        }
    }

    /// How many conversations it has.
    var load: Int { conversations.load(ordering: .relaxed) }

    /// Takes note that it has more conversations, or fewer.
    func changeLoad(by count: Int) {
        conversations.wrappingAdd(count, ordering: .relaxed)
    }

    /// Has something done on the thread, from any.
    ///
    /// - Returns: false where the thread has ended, or ends; then it is not done.
    @discardableResult
    func post(_ job: @escaping Job) -> Bool {
        let isFirst: Bool? = jobs.withLock { jobs in
            guard let count = jobs?.count else { return nil }
            jobs?.append(job)
            return count == 0
        }
        if isFirst == true { poller.wake() }
        return isFirst != nil
    }

    /// Takes what is to be done; on the thread.
    func takeJobs() -> [Job] {
        jobs.withLock { jobs in
            defer { jobs = jobs.map { _ in [] } }
            return jobs ?? []
        }
    }

    /// Takes what is to be done, and no more after that; on the thread.
    func takeLastJobs() -> [Job] { jobs.withLock { $0.take() ?? [] } }

    /// A number for a source of events, which no other has.
    func nextSource() -> UInt64 { lastSource.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Returns when the thread has ended.
    func waitForEnd() async { await end.value }
}
