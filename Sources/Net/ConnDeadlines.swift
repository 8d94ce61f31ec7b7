extension Conn {
    /// Sets the point in time after which reads that have to wait, also one that waits already, throw
    /// `NetError.timedOut`; nil takes it away.
    ///
    /// It stays until it is changed. Bytes that have arrived can be read after it.
    public func setReadDeadline(_ deadline: ContinuousClock.Instant?) {
        onLoop()
        readLimit = .none
        moveReadDeadline(to: deadline)
    }

    /// Sets the read deadline, whatever it was set by.
    func moveReadDeadline(to deadline: ContinuousClock.Instant?) {
        readDeadline = deadline
        updateDeadline()
    }

    /// Sets the point in time after which writes that have to wait throw `NetError.timedOut`; nil
    /// takes it away.
    ///
    /// It stays until it is changed, and also ends the waiting of `close`.
    public func setWriteDeadline(_ deadline: ContinuousClock.Instant?) {
        onLoop()
        writeDeadline = deadline
        updateDeadline()
    }

    /// Sets the deadlines of reads and of writes.
    public func setDeadline(_ deadline: ContinuousClock.Instant?) {
        onLoop()
        readLimit = .none
        readDeadline = deadline
        writeDeadline = deadline
        updateDeadline()
    }

    /// The earlier of the two.
    private var earliest: ContinuousClock.Instant? {
        guard let readDeadline, let writeDeadline else { return readDeadline ?? writeDeadline }
        return min(readDeadline, writeDeadline)
    }

    /// Has the earlier of the two fire.
    private func updateDeadline() {
        guard let earliest, isOpen || isClosing else {
            if let deadline { executor.set(deadline, of: self, to: nil) }
            return
        }
        let deadline = deadline ?? Deadline()
        self.deadline = deadline
        executor.set(deadline, of: self, to: earliest)
    }

    /// Ends what waits for the deadline that has passed.
    func deadlinePassed() {
        let now = ContinuousClock.now
        if let readDeadline, readDeadline <= now {
            inbox.fail(with: NetError.timedOut)
            show(.silence)
        }
        if let writeDeadline, writeDeadline <= now {
            outbox.fail(with: NetError.timedOut)
            if isClosing { abort() }
        }
        // The one that is still to come, if any.
        let coming = [readDeadline, writeDeadline].compactMap(\.self).filter { $0 > now }.min()
        if let deadline, let coming { executor.set(deadline, of: self, to: coming) }
    }
}
