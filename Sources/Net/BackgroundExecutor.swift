private import Dispatch
private import Glibc
private import Synchronization

/// Runs tasks on a thread of its own.
///
/// The thread ends when the executor is gone.
package final class BackgroundExecutor: TaskExecutor {
    /// When the thread has its turn.
    package enum Urgency: Sendable {
        /// Where a processor has nothing else to do.
        ///
        /// The threads that its tasks cause to be started inherit that, and can never be rid of it: so
        /// they must not wake tasks of the common pool.
        case low
        /// As every other thread.
        case normal
    }

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
    package init?(_ urgency: Urgency) {
        let unowned = asUnownedTaskExecutor()
        let failure = startThread { [jobs] in
            var parameters = sched_param()
            if urgency == .low { sched_setscheduler(0, scheduleIdle, &parameters) }
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

/// `SCHED_IDLE` of sched(7), which Swift's Glibc module lacks.
private let scheduleIdle: Int32 = 5
