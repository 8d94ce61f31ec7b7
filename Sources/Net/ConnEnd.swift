internal import NIOCore

extension Conn {
    /// Waits until the peer has ended its stream, or the connection is gone; other tasks may read and
    /// write meanwhile.
    ///
    /// - Throws: `CancellationError`.
    public func waitForEnd() async throws {
        onLoop()
        if hasEnded { return }
        try await wait {
            endWaiters.append($0)
        } cancel: { [self] ticket in
            guard let index = endWaiters.firstIndex(where: { $0.ticket == ticket }) else { return }
            endWaiters.remove(at: index).continuation.resume(throwing: CancellationError())
        }
    }

    /// Whether the peer has ended its stream, or the connection is gone.
    public var hasEnded: Bool {
        onLoop()
        if case .open = inbox.stream { return false }
        return true
    }

    /// What has arrived and was not read yet; never waits.
    public func readWaiting() -> [UInt8] {
        onLoop()
        var bytes: [UInt8] = []
        _ = try? inbox.look { waiting in
            bytes = Array(waiting)
            return ParseStep.consumed(waiting.count, ())
        }
        return bytes
    }

    /// Wakes those that wait for the end.
    func reportEnd() {
        let waiters = endWaiters
        endWaiters = []
        for waiter in waiters { waiter.continuation.resume() }
    }
}
