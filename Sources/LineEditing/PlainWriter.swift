private import Glibc
private import Synchronization

/// Writes texts to an output that is no terminal, on a thread of its own.
///
/// A reader that is slow, or does not read at all, holds up nobody but those who wait for it.
public final class PlainWriter: Sendable {
    private let queue: WriterQueue
    private let thread: WorkerThread

    /// Writes to `fileDescriptor`, which stays the caller's, and open until all is written: see
    /// ``flush()``.
    ///
    /// - Parameters:
    ///   - fileDescriptor: Where the texts go.
    ///   - limit: How many bytes may wait before ``write(_:)`` does; 1 MiB unless told.
    ///   - onFailure: Told once, on the writer's thread and before those who wait go on, of the error
    ///     after which nothing is written any more, by its number (`EPIPE`, `ENOSPC`).
    /// - Throws: `unavailable` where the system has no descriptor or thread left.
    public init(
        fileDescriptor: Int32,
        limit: Int = 1 << 20,
        onFailure: @escaping @Sendable (_ errno: Int32) -> Void = { _ in },
    ) throws(LineEditorError) {
        let queue = WriterQueue(limit: limit, wake: try WakeDescriptor())
        self.queue = queue
        thread = try WorkerThread {
            while let bytes = queue.next() {
                guard let failure = SystemCall.write(bytes, to: fileDescriptor) else { continue }
                // Those who wait are to find it told.
                onFailure(failure)
                queue.fail()
            }
        }
    }

    /// The thread ends when it has written what there is; nobody waits for it.
    deinit {
        queue.end()
    }

    /// Writes the text and a line end, after all texts before it; waits while too much waits already.
    ///
    /// A task that is cancelled does not wait; its text is written all the same.
    public func write(_ text: String) async {
        put(text)
        await waitForRoom()
    }

    /// Has the text and a line end written, after all texts before it, however much waits already;
    /// the caller is to ``waitForRoom()`` before the next one.
    public func put(_ text: String) {
        queue.add(text)
    }

    /// Returns when no more waits than may, or the task is cancelled.
    public func waitForRoom() async {
        await queue.waitForRoom()
    }

    /// Writes the text and a line end without ever waiting; where too much waits, drops it.
    ///
    /// - Returns: Whether the text will be written.
    @discardableResult
    public func offer(_ text: String) -> Bool {
        guard queue.hasRoom else { return false }
        queue.add(text)
        return true
    }

    /// Returns when all texts so far are written, or cannot be, or the task is cancelled.
    public func flush() async {
        await queue.waitUntilEmpty()
    }
}
