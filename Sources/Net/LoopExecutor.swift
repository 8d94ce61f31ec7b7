internal import NIOCore

/// Runs tasks on one event loop, next to its connections, so that neither side waits for a thread.
///
/// SwiftNIO's loops run actors only; this makes one the preferred executor of a task.
final class LoopExecutor: TaskExecutor {
    let eventLoop: any EventLoop
    /// The points in time that the loop's connections wait for.
    let deadlines: NIOLoopBoundBox<Deadlines>

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        deadlines = .makeBoxSendingValue(Deadlines(eventLoop), eventLoop: eventLoop)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
