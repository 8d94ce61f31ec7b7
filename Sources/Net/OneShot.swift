private import Synchronization

/// One result that another thread delivers, and that a task can stop waiting for.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Value, any Error>)
        case delivered(Result<Value, any Error>)
    }

    private let state = Mutex(State.empty)

    /// Delivers the result.
    ///
    /// - Returns: false where one came before, or the task no longer waits.
    @discardableResult
    func deliver(_ result: Result<Value, any Error>) -> Bool {
        let (isFirst, waiting) = state.withLock { state in
            switch state {
            case .empty:
                state = .delivered(result)
                return (true, CheckedContinuation<Value, any Error>?.none)
            case .waiting(let continuation):
                state = .delivered(result)
                return (true, continuation)
            case .delivered:
                return (false, nil)
            }
        }
        waiting?.resume(with: result)
        return isFirst
    }

    /// Waits for the result; throws `CancellationError` at once when the task is cancelled.
    ///
    /// Only one task may wait, once.
    func value() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Value, any Error>? = state.withLock { state in
                    guard case .delivered(let result) = state else {
                        state = .waiting(continuation)
                        return nil
                    }
                    return result
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            deliver(.failure(CancellationError()))
        }
    }
}
