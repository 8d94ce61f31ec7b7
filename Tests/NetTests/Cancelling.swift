import Net
import Testing

/// What a dial that is cancelled may take to end: 50 ms on a machine that has the time, of which
/// a busy one makes several times as much.
private let limit = Duration.seconds(1)

/// Begins something, cancels it after a time, and expects it to end by that, and soon.
///
/// The quickest of ten tries counts.
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
