internal import NIOCore

/// What was written to a connection and not handed to the system yet, and the tasks that wait for
/// it to be taken.
struct Outbox {
    /// How much is buffered before it is sent without being asked.
    static let sendAbove = 65_536

    private(set) var bytes = ByteBuffer()
    private var waiters: [Waiter] = []

    var isEmpty: Bool { bytes.readableBytes == 0 }

    /// Adds bytes; true when there are so many that they are to be sent.
    mutating func append(_ bytes: [UInt8]) -> Bool {
        self.bytes.writeBytes(bytes)
        return self.bytes.readableBytes >= Self.sendAbove
    }

    /// Adds the text as UTF-8; true when there is so much that it is to be sent.
    mutating func append(_ string: String) -> Bool {
        bytes.writeString(string)
        return bytes.readableBytes >= Self.sendAbove
    }

    /// Takes all out, to send it.
    mutating func take() -> ByteBuffer {
        defer { bytes = ByteBuffer() }
        return bytes
    }

    /// Puts back what was taken out, and maybe more.
    mutating func put(_ bytes: ByteBuffer) {
        self.bytes = bytes
    }

    mutating func wait(_ waiter: Waiter) {
        waiters.append(waiter)
    }

    /// Lets all that wait go on.
    mutating func wakeAll() {
        for waiter in waiters { waiter.continuation.resume() }
        waiters.removeAll()
    }

    /// Ends the waiting of one task, or of all, with an error.
    mutating func fail(_ ticket: Waiter.Ticket? = nil, with error: any Error) {
        let failing = waiters.filter { ticket == nil || $0.ticket == ticket }
        waiters.removeAll { ticket == nil || $0.ticket == ticket }
        for waiter in failing { waiter.continuation.resume(throwing: error) }
    }
}
