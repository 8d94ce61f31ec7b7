/// Does something on a thread of the pool, in place of the event loop's.
func offLoop<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async rethrows -> Result {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { try await onPool(body) }
}

@concurrent
private func onPool<Result: Sendable>(
    _ body: @Sendable () async throws -> Result
) async rethrows -> Result {
    // Without a suspension of its own the body would run where the caller did.
    await Task.yield()
    return try await body()
}
