private import Glibc
private import Synchronization

/// A thread of the system, for work that blocks and would starve the pool of Swift's tasks.
final class WorkerThread: Sendable {
    /// Carries the closure through the C call.
    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }

    private let thread: pthread_t
    private let isJoined = Mutex(false)

    /// Starts the thread; its stack is 8 MiB.
    init(_ body: sending @escaping () -> Void) throws(LineEditorError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 8 << 20)
        var started = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let failure = pthread_create(&started, &attributes, Self.start, work.toOpaque())
        guard failure == 0 else {
            work.release()
            throw .unavailable(what: "a thread", reason: String(cString: strerror(failure)))
        }
        thread = started
    }

    /// A thread that nobody waited for ends by itself.
    deinit {
        isJoined.withLock { isJoined in
            if !isJoined { pthread_detach(thread) }
        }
    }

    /// Waits until the thread has ended; from the thread itself it only lets it end.
    func join() {
        let isFirst = isJoined.withLock { isJoined in
            defer { isJoined = true }
            return !isJoined
        }
        guard isFirst else { return }
        // Outside the lock: the thread itself may call this meanwhile.
        if pthread_equal(thread, pthread_self()) != 0 {
            pthread_detach(thread)
        } else {
            pthread_join(thread, nil)
        }
    }

    private typealias Start = @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?

    private static let start: Start = { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
        return nil
    }
}
