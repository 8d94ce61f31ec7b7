private import Dispatch
private import Glibc
private import Synchronization

/// Runs tasks on a thread of its own, which gives way to all others: where every processor is busy it gets
/// about a third of the time of another thread, and elsewhere as much as it wants.
///
/// The thread ends when the executor is gone.
package final class BackgroundExecutor: TaskExecutor {
    /// What is to run, in order.
    private final class Jobs: Sendable {
        private let waiting = Mutex<[UnownedJob]>([])
        private let count = DispatchSemaphore(value: 0)

        func add(_ job: UnownedJob) {
            waiting.withLock { $0.append(job) }
            count.signal()
        }

        /// Has ``next()`` return nil, when there is nothing else.
        func end() {
            count.signal()
        }

        /// Waits for a job; nil at the end.
        func next() -> UnownedJob? {
            count.wait()
            return waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }
    }

    /// How much it gives way, of 19 that are possible.
    private static let niceness: Int32 = 5

    private let jobs = Jobs()

    /// Starts the thread; nil where the system has none left.
    package init?() {
        let unowned = asUnownedTaskExecutor()
        let failure = startThread { [jobs] in
            // On Linux that is the priority of this thread, and not of the process.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
            while let job = jobs.next() { job.runSynchronously(on: unowned) }
        }
        guard failure == 0 else { return nil }
    }

    deinit {
        jobs.end()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        jobs.add(UnownedJob(job))
    }
}
