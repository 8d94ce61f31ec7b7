internal import NIOCore

/// How the time stands that `Conn.limitReads` gave.
enum ReadLimit {
    case none
    /// No read had to wait since.
    case pending(Duration)
    /// The read deadline is its end.
    case running
}

extension Conn {
    /// Gives the reads from here on `time` altogether, counted from when the first of them has to
    /// wait; `nil` takes the limit away.
    ///
    /// It is for limits that begin anew many times, as with each command: it reads no clock where the
    /// bytes are there already. It takes the place of the read deadline, which takes its place in
    /// turn.
    public func limitReads(to time: Duration?) {
        onLoop()
        if let time {
            readLimit = .pending(time)
        } else {
            readLimit = .none
            if readDeadline != nil { moveReadDeadline(to: nil) }
        }
    }

    /// Gives each wait for the peer to take what was written `time`; `nil` takes the limit away.
    ///
    /// It does not hold where there is a write deadline.
    public func limitWrites(to time: Duration?) {
        onLoop()
        writeLimit = time
    }

    /// Whether bytes have arrived that were not read yet.
    public var hasInput: Bool {
        onLoop()
        return inbox.bytes.readableBytes > 0
    }

    /// Waits until there is something to read; what was written is flushed before.
    ///
    /// - Returns: false where the stream has ended.
    /// - Throws: as `parse` does.
    public func waitForInput() async throws -> Bool {
        let isThere = try await parse { bytes in
            bytes.isEmpty ? .needsMore(atLeast: 1) : ParseStep.consumed(0, true)
        }
        return isThere ?? false
    }

    /// Whether the read deadline is that of `limitReads`.
    var isReadLimited: Bool {
        guard case .running = readLimit else { return false }
        return true
    }

    /// Begins the time of `limitReads` where a read has to wait.
    ///
    /// - Throws: `NetError.timedOut` where the deadline has passed.
    func checkReadDeadline() throws {
        if case .pending(let time) = readLimit {
            readLimit = .running
            moveReadDeadline(to: .now + time)
        } else if let readDeadline, readDeadline <= .now {
            throw NetError.timedOut
        }
    }

    /// Waits until the peer has taken enough, for as long as `limitWrites` allows.
    func waitToWrite() async throws {
        guard !channel.isWritable else { return }
        guard let limit = writeLimit, writeDeadline == nil else {
            return try await waitUntilWritable()
        }
        setWriteDeadline(.now + limit)
        // What `close` sends afterwards has a time of its own.
        defer { setWriteDeadline(nil) }
        do {
            try await waitUntilWritable()
        } catch NetError.timedOut {
            throw NetError.replyNotTaken(limit: limit)
        }
    }
}
