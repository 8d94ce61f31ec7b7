import Net
import Testing

/// What a dial that is cancelled may take to end.
private let limit = Duration.milliseconds(50)

/// Begins something, cancels it after a time, and expects it to end by that, and soon.
///
/// The quickest of ten tries counts: a machine that does much else may be late in any of them.
func expectToEndWhenCancelled(
    afterMilliseconds: Int,
    _ begin: @escaping @Sendable () async throws -> Void,
) async throws {
    var quickest = Duration.seconds(3_600)
    for _ in 0..<10 where quickest > limit {
        let task = Task { try await begin() }
        // Not to wait for something: to be in the middle of it.
        try await Task.sleep(for: .milliseconds(afterMilliseconds))
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        quickest = min(quickest, ContinuousClock.now - start)
    }
    #expect(quickest <= limit)
}
