internal import NIOCore

/// What has arrived on a connection and was not read yet, and the task that waits for more.
struct Inbox {
    /// How many bytes may wait to be read before the peer is made to wait.
    static let holdBackAbove = 65_536

    /// How the stream of the peer stands.
    enum Stream {
        case open
        case ended
        case failed(NetError)
    }

    private(set) var bytes = ByteBuffer()
    private(set) var stream = Stream.open
    /// Whether a read of the socket is held back until someone asks for the bytes.
    private(set) var isHeld = false
    private var waiter: Waiter?
    /// The number of bytes that the waiting task needs buffered.
    private var wanted = 0

    /// Whether no more is to be taken from the socket now; if so, remembers it.
    mutating func holdBack() -> Bool {
        isHeld = waiter == nil && bytes.readableBytes >= Self.holdBackAbove
        return isHeld
    }

    /// Adds what arrived, and wakes the waiting task when it is enough.
    mutating func append(_ arrived: inout ByteBuffer) {
        if bytes.readableBytes == 0 {
            bytes = arrived
        } else {
            bytes.writeBuffer(&arrived)
        }
        guard bytes.readableBytes >= wanted else { return }
        wake()
    }

    /// Ends the stream, once, and wakes the waiting task.
    mutating func end(_ stream: Stream) {
        guard case .open = self.stream else { return }
        self.stream = stream
        wake()
    }

    /// Drops what was not read; only an error is left.
    mutating func close() {
        bytes = ByteBuffer()
        stream = .failed(.closed)
        wake()
    }

    /// Shows the bytes to the parser, and takes out what it consumes.
    mutating func look<Value>(
        _ parser: (UnsafeRawBufferPointer) throws -> ParseStep<Value>
    ) throws -> ParseStep<Value> {
        let step = try bytes.withUnsafeReadableBytes(parser)
        if case .consumed(let count, _) = step { consume(count) }
        return step
    }

    /// Shows the bytes to a function that says how many of them it has used.
    mutating func take<Result>(
        _ body: (UnsafeRawBufferPointer) -> (used: Int, result: Result)
    ) -> Result {
        let (used, result) = bytes.withUnsafeReadableBytes(body)
        consume(used)
        return result
    }

    /// Whether reading was held back until now, for a task that no longer reads.
    mutating func release() -> Bool {
        defer { isHeld = false }
        return isHeld
    }

    private mutating func consume(_ count: Int) {
        bytes.moveReaderIndex(forwardBy: count)
        // An idle connection keeps no memory, and SwiftNIO can use the buffer for the next read.
        if bytes.readableBytes == 0 { bytes = ByteBuffer() }
    }

    /// Has the task wait until `more` bytes came, or the stream ends.
    mutating func wait(for more: Int, _ waiter: Waiter) {
        precondition(self.waiter == nil, "two tasks read from one connection")
        wanted = bytes.readableBytes + more
        isHeld = false
        self.waiter = waiter
    }

    /// Ends the waiting of one task, or of whichever waits, with an error.
    mutating func fail(_ ticket: Waiter.Ticket? = nil, with error: any Error) {
        guard let waiter, ticket == nil || waiter.ticket == ticket else { return }
        self.waiter = nil
        waiter.continuation.resume(throwing: error)
    }

    private mutating func wake() {
        guard let waiter else { return }
        self.waiter = nil
        waiter.continuation.resume()
    }
}
