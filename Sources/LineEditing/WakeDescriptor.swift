private import CTerminal
private import Glibc

/// What one thread sleeps on, and any other thread or signal handler wakes.
final class WakeDescriptor: Sendable {
    /// What was ready when the thread woke; neither where a signal or the time ended the sleep.
    struct Ready: Equatable {
        var input = false
        var woken = false
    }

    /// An event descriptor; closed with this object.
    let fileDescriptor: Int32

    init() throws(LineEditorError) {
        fileDescriptor = wake_open()
        guard fileDescriptor >= 0 else {
            throw .unavailable(what: "an event descriptor", reason: SystemCall.reason())
        }
    }

    deinit {
        if fileDescriptor >= 0 { close(fileDescriptor) }
    }

    /// Ends the sleep, or the next one if the thread is awake.
    func wake() {
        var one: UInt64 = 1
        _ = write(fileDescriptor, &one, MemoryLayout.size(ofValue: one))
    }

    /// Sleeps until woken.
    func waitUntilWoken() {
        _ = sleep(watching: -1)
    }

    /// Forgets the calls of ``wake()`` so far: to be followed by a look at what they announced.
    func clear() {
        var count: UInt64 = 0
        _ = read(fileDescriptor, &count, MemoryLayout.size(ofValue: count))
    }

    /// Sleeps until woken, until `input` can be read, has ended or is broken, or until a time.
    func sleep(watching input: Int32, until end: ContinuousClock.Instant? = nil) -> Ready {
        var wanted = [
            pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&wanted, 2, Self.milliseconds(until: end)) > 0 else { return Ready() }
        return Ready(input: wanted[1].revents != 0, woken: wanted[0].revents != 0)
    }

    /// What poll(2) takes for a time: rounded up, and -1 for none.
    private static func milliseconds(until end: ContinuousClock.Instant?) -> Int32 {
        guard let end else { return -1 }
        return Int32(clamping: Int64(max(0, (end - .now) / .milliseconds(1)).rounded(.up)))
    }
}
