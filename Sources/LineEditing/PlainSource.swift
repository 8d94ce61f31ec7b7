private import Synchronization

/// The input of a ``PlainReader`` and what was read of it, shared by a task and a thread.
///
/// Lines come from the blocks read so far, in the task itself; the thread only reads blocks.
final class PlainSource: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var lines = LineSplitter()
        var waiter: Waiter?
        var isCancelled = false
        var isStopped = false
    }

    private static let blockSize = 64 << 10

    private let fileDescriptor: Int32
    private let wake: WakeDescriptor
    private let state = Mutex(State())

    init(fileDescriptor: Int32, wake: WakeDescriptor) {
        self.fileDescriptor = fileDescriptor
        self.wake = wake
    }

    /// The next line of what was read.
    func next(limit: Int) throws(LineEditorError) -> LineSplitter.Step {
        try state.withLock { (state) throws(LineEditorError) in try state.lines.next(limit: limit) }
    }

    /// Takes a text that is all there is.
    func take(_ text: [UInt8]) {
        state.withLock { state in
            state.lines.append(text)
            state.lines.end()
        }
    }

    /// Waits until one more block was read.
    func fill() async throws {
        defer { state.withLock { $0.isCancelled = false } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                state.withLock { state in
                    precondition(state.waiter == nil, "one task at a time reads plain input")
                    state.waiter = waiter
                }
                wake.wake()
            }
        } onCancel: {
            state.withLock { $0.isCancelled = true }
            wake.wake()
        }
    }

    /// Ends the thread.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake.wake()
    }

    /// The thread: a block for each call of ``fill()``.
    func run() {
        while true {
            // Before the look at what woke it, which would be slept over otherwise.
            wake.clear()
            let (waiter, isStopped) = state.withLock { ($0.waiter, $0.isStopped) }
            if isStopped { return }
            guard let waiter else {
                wake.waitUntilWoken()
                continue
            }
            let outcome = Result { try readBlock() }
            state.withLock { $0.waiter = nil }
            waiter.resume(with: outcome)
        }
    }

    private func readBlock() throws {
        while true {
            let isGivenUp = state.withLock { $0.isCancelled || $0.isStopped }
            guard !isGivenUp else { throw CancellationError() }
            let ready = wake.sleep(watching: fileDescriptor)
            if ready.woken { wake.clear() }
            guard ready.input else { continue }
            switch SystemCall.read(fileDescriptor, atMost: Self.blockSize) {
            case .bytes(let block): return state.withLock { $0.lines.append(block) }
            case .end: return state.withLock { $0.lines.end() }
            case .nothingYet: continue
            case .failed(let reason): throw LineEditorError.cannotRead(reason: reason)
            }
        }
    }
}
