private import CTerminal
private import Glibc

/// What one thread sleeps on, and any other thread or signal handler wakes.
final class WakeDescriptor: Sendable {
    /// What was ready when the thread woke; neither where a signal ended the sleep.
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

    /// Sleeps until woken or until `input` can be read, has ended or is broken.
    func sleep(watching input: Int32) -> Ready {
        var wanted = [
            pollfd(fd: fileDescriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&wanted, 2, -1) > 0 else { return Ready() }
        return Ready(input: wanted[1].revents != 0, woken: wanted[0].revents != 0)
    }
}
