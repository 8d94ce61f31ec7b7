internal import NIOCore

extension Conn {
    /// Writes bytes into the connection's buffer, which `flush`, a read that has to wait, and
    /// `close` send; above 64 KiB it is flushed at once.
    ///
    /// - Throws: as `flush` does.
    public func write(_ bytes: [UInt8]) async throws {
        onLoop()
        try checkWritable()
        if outbox.append(bytes) { try await flush() }
    }

    /// Writes the text as UTF-8, as the other `write` does; no line end is added.
    ///
    /// - Throws: as `flush` does.
    public func write(_ text: String) async throws {
        onLoop()
        try checkWritable()
        if outbox.append(text) { try await flush() }
    }

    /// Sends what was written, and waits while the peer is far behind with reading.
    ///
    /// That it returns does not mean that the peer has got the bytes.
    ///
    /// - Throws: `NetError.connectionLost`, `timedOut` past the write deadline, `closed`;
    ///   `CancellationError`.
    public func flush() async throws {
        onLoop()
        try checkWritable()
        send()
        try await waitToWrite()
    }

    /// Hands what was written to the system, as much of it as it takes.
    func send() {
        guard !outbox.isEmpty else { return }
        pass(outbox.take())
    }

    /// Hands bytes to the system as they are, behind all before them; what it does not take waits.
    func pass(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>? = nil) {
        bytesSent += bytes.readableBytes
        tell(.sent, bytes)
        context?.writeAndFlush(NIOAny(bytes), promise: promise)
    }

    /// Waits until the peer has taken enough of what was sent.
    func waitUntilWritable() async throws {
        while !channel.isWritable {
            try checkWritable()
            if let writeDeadline, writeDeadline <= .now { throw NetError.timedOut }
            try await wait {
                outbox.wait($0)
            } cancel: { [self] ticket in
                outbox.fail(ticket, with: CancellationError())
            }
        }
    }

    /// Sends what was written, and tells the peer that no more comes; its stream can still be read.
    ///
    /// - Throws: as `flush` does; a later write throws `NetError.closed`.
    public func closeWrite() async throws {
        try await flush()
        hasEndedWriting = true
        let ended = channel.eventLoop.makePromise(of: Void.self)
        ended.futureResult.whenComplete { [self] _ in
            hasSentEnd = true
            outbox.wakeAll()
        }
        // SwiftNIO sends what it has first, for which the peer may let us wait.
        channel.close(mode: .output, promise: ended)
        while !hasSentEnd {
            if let writeDeadline, writeDeadline <= .now { throw NetError.timedOut }
            try await wait {
                outbox.wait($0)
            } cancel: { [self] ticket in
                outbox.fail(ticket, with: CancellationError())
            }
        }
    }

    private func checkWritable() throws {
        if !isOpen { throw failure }
        if hasEndedWriting { throw NetError.closed }
    }
}
