extension Session {
    /// Does something until it is done or a signal comes, which cancels it.
    func untilSignal(
        _ signals: AsyncStream<Int32>,
        _ body: @escaping @Sendable () async -> ExitStatus,
    ) async -> ExitStatus {
        await withTaskGroup(of: ExitStatus?.self) { group in
            group.addTask { await body() }
            group.addTask {
                for await signal in signals { return .signal(signal) }
                return nil
            }
            defer { group.cancelAll() }
            while let status = await group.next() {
                if let status { return status }
            }
            return .done
        }
    }
}
