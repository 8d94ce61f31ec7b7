private import Dispatch
private import Synchronization

/// Runs tasks on a thread of its own, so that they wake nobody else's.
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

    private let jobs = Jobs()

    /// Starts the thread; nil where the system has none left.
    package init?() {
        let unowned = asUnownedTaskExecutor()
        let failure = startThread { [jobs] in
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
