private import Synchronization

/// What a ``PlainWriter`` is to write, and the tasks that wait for it.
final class WriterQueue: Sendable {
    private struct Waiting {
        let id: Int
        /// How few bytes must be left for the task to go on.
        let atMost: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var bytes: [UInt8] = []
        /// How many bytes are being written now.
        var writing = 0
        var hasFailed = false
        var hasEnded = false
        var waiting: [Waiting] = []
        var lastID = 0

        var size: Int { bytes.count + writing }

        /// Takes out those who need not wait any more.
        mutating func ready() -> [Waiting] {
            let size = hasFailed ? 0 : self.size
            let ready = waiting.filter { $0.atMost >= size }
            waiting.removeAll { $0.atMost >= size }
            return ready
        }
    }

    private let limit: Int
    private let wake: WakeDescriptor
    private let state = Mutex(State())

    init(limit: Int, wake: WakeDescriptor) {
        self.limit = limit
        self.wake = wake
    }

    var hasRoom: Bool { state.withLock { $0.size <= limit } }

    func add(_ text: String) {
        let isFirst = state.withLock { state in
            guard !state.hasFailed else { return false }
            defer {
                state.bytes.append(contentsOf: text.utf8)
                state.bytes.append(UInt8(ascii: "\n"))
            }
            return state.bytes.isEmpty
        }
        // Where something waits already, the thread is awake, or has been woken for it.
        if isFirst { wake.wake() }
    }

    /// The next bytes, when there are some, or `nil` at the end; for the writer's thread only.
    func next() -> [UInt8]? {
        while true {
            wake.clear()
            let (bytes, hasEnded, ready) = state.withLock { state in
                let bytes = state.bytes
                state.bytes = []
                state.writing = bytes.count
                return (bytes, state.hasEnded, state.ready())
            }
            for waiting in ready { waiting.continuation.resume() }
            if !bytes.isEmpty { return bytes }
            if hasEnded { return nil }
            wake.waitUntilWoken()
        }
    }

    /// Drops everything, now and later: it cannot be written.
    func fail() {
        let ready = state.withLock { state in
            state.hasFailed = true
            state.bytes = []
            return state.ready()
        }
        for waiting in ready { waiting.continuation.resume() }
    }

    func end() {
        state.withLock { $0.hasEnded = true }
        wake.wake()
    }

    func waitForRoom() async {
        // Nearly always there is room: no continuation is made for that.
        if !hasRoom { await wait(atMost: limit) }
    }

    func waitUntilEmpty() async {
        await wait(atMost: 0)
    }

    private func wait(atMost size: Int) async {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard !state.hasFailed, state.size > size, !Task.isCancelled else {
                        return false
                    }
                    let waiting = Waiting(id: id, atMost: size, continuation: continuation)
                    state.waiting.append(waiting)
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let waiting = state.waiting.first { $0.id == id }
                state.waiting.removeAll { $0.id == id }
                return waiting
            }
            waiting?.continuation.resume()
        }
    }
}
