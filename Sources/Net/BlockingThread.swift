private import Glibc

/// Runs `work`, which may block for long, on a new thread.
///
/// A pool would let a few names that nobody answers for hold up all others.
///
/// - Returns: 0, or the error number where there can be no more threads.
func startThread(_ work: @escaping @Sendable () -> Void) -> Int32 {
    let job = Unmanaged.passRetained(Job(work: work))
    var thread = pthread_t()
    let status = pthread_create(&thread, nil, runJob, job.toOpaque())
    if status == 0 {
        pthread_detach(thread)
    } else {
        job.release()
    }
    return status
}

private final class Job: Sendable {
    let work: @Sendable () -> Void

    init(work: @escaping @Sendable () -> Void) {
        self.work = work
    }
}

private func runJob(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument {
        Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work()
    }
    return nil
}
