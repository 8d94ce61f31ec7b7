import Net
private import Synchronization

/// A thread for work that can wait until a processor has nothing else to do, and one for whatever else
/// there is of it.
final class PatientThreads: Sendable {
    /// How long a part of the work takes at most where processors have time for it.
    private static let usual = Duration.milliseconds(100)
    /// How long the work is done as all other work is, when they had none.
    private static let haste = Duration.seconds(3)

    private let patient = BackgroundExecutor(.low)
    /// Where the tasks run that do such work; `nil` where the system has no thread left.
    let eager = BackgroundExecutor(.normal)
    private let hasteEnd = Mutex(ContinuousClock.now)

    /// Does a part of the work, and goes on when it is done.
    ///
    /// Processors that never have nothing to do would keep it waiting for ever; so where a part took long,
    /// the next ones do not wait.
    ///
    /// - Parameters:
    ///   - canWait: Whether it is done where a processor has nothing else to do.
    ///   - body: Wakes no task of the common pool.
    /// - Returns: What it returns.
    func work(_ canWait: Bool, _ body: () -> Bool) async -> Bool {
        let start = ContinuousClock.now
        guard canWait, let patient, hasteEnd.withLock({ $0 <= start }) else {
            await Task.yield()
            return body()
        }
        let result = await withTaskExecutorPreference(patient) { await Self.here(body) }
        let end = ContinuousClock.now
        if end - start > Self.usual { hasteEnd.withLock { $0 = end + Self.haste } }
        return result
    }

    /// Moves the task to its executor: to prefer another one alone does not.
    @concurrent
    private static func here(_ body: () -> Bool) async -> Bool { body() }
}
