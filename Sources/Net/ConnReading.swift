internal import NIOCore

/// What a parser made of the bytes that it was shown.
public enum ParseStep<Value> {
    /// The first `count` bytes are the value; they will not be shown again.
    case consumed(_ count: Int, Value)
    /// The bytes are the beginning of a value: at least so many more are needed.
    case needsMore(atLeast: Int)
}

extension Conn {
    /// Reads a value straight from the bytes that have arrived, without a copy.
    ///
    /// The parser is shown all bytes that are there and not read yet, and again, from the same first
    /// byte, each time at least as many more have arrived as it asked for. It must itself limit what
    /// it asks for. What it throws is passed on, and nothing is consumed. Before the task waits,
    /// what was written is flushed.
    ///
    /// - Returns: nil where the stream ends before any byte.
    /// - Throws: `NetError.closedInside` where it ends after some; `connectionLost`, `timedOut`,
    ///   `closed`; `CancellationError`.
    public func parse<Value>(
        _ parser: (UnsafeRawBufferPointer) throws -> ParseStep<Value>
    ) async throws -> Value? {
        onLoop()
        while true {
            switch try inbox.look(parser) {
            case .consumed(_, let value): return value
            case .needsMore(let more):
                precondition(more > 0, "a parser must ask for at least one byte")
                guard try await waitForInput(atLeast: more) else { return nil }
            }
        }
    }

    /// Reads a line up to and without its `\n`.
    ///
    /// - Parameter limit: how many bytes the line may have without the `\n`.
    /// - Returns: nil where the stream ends before any byte.
    /// - Throws: `NetError.lineTooLong` as soon as more have arrived, and as `parse` does.
    public func readLine(limit: Int) async throws -> [UInt8]? {
        onLoop()
        var search = LineSearch(limit: limit)
        // Mostly the line is there: a call that might wait costs more than the search for its end.
        if case .consumed(_, let line) = try inbox.look({ try search.step($0) }) { return line }
        return try await parse { try search.step($0) }
    }

    /// Reads one byte; nil where the stream ends.
    ///
    /// - Throws: as `parse` does.
    public func readByte() async throws -> UInt8? {
        try await parse { bytes in
            guard let byte = bytes.first else { return .needsMore(atLeast: 1) }
            return .consumed(1, byte)
        }
    }

    /// Reads exactly `count` bytes; memory is taken as they arrive.
    ///
    /// - Throws: `NetError.closedInside` where fewer come before the end, and as `parse` does.
    public func read(_ count: Int) async throws -> [UInt8] {
        let whole = try await parse { bytes -> ParseStep<[UInt8]> in
            guard bytes.count >= count else { return .needsMore(atLeast: count - bytes.count) }
            return .consumed(count, Array(bytes.prefix(count)))
        }
        guard let whole else { throw NetError.closedInside }
        return whole
    }

    /// Reads what is there, at least one byte and at most `limit`; nil where the stream ends.
    ///
    /// - Throws: as `parse` does.
    public func read(upTo limit: Int) async throws -> [UInt8]? {
        precondition(limit > 0, "a read of no bytes never ends")
        return try await parse { bytes in
            guard !bytes.isEmpty else { return .needsMore(atLeast: 1) }
            let part = Array(bytes.prefix(limit))
            return .consumed(part.count, part)
        }
    }

    /// Waits until more has arrived; false at a clean end.
    private func waitForInput(atLeast more: Int) async throws -> Bool {
        switch inbox.stream {
        case .open: break
        case .ended where inbox.bytes.readableBytes == 0: return try await flushAtEnd()
        case .ended: throw NetError.closedInside
        case .failed(let error): throw error
        }
        if !outbox.isEmpty { try await flush() }
        try checkReadDeadline()
        try await waitForBytes(more)
        return true
    }

    private func flushAtEnd() async throws -> Bool {
        if !outbox.isEmpty { try await flush() }
        return false
    }

    private func waitForBytes(_ more: Int) async throws {
        try await wait {
            let wasHeld = inbox.isHeld
            inbox.wait(for: more, $0)
            if wasHeld { context?.channel.read() }
        } cancel: { [self] ticket in
            inbox.fail(ticket, with: CancellationError())
        }
    }
}
