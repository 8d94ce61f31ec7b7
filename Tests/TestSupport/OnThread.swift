import Foundation

/// Does something that may block, on a thread of its own.
///
/// All tests share the few threads of Swift's pool: one that blocks there holds up the others, whose
/// time goes on.
public func onThread<Result: Sendable>(
    _ body: @escaping @Sendable () -> Result
) async -> Result {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}
