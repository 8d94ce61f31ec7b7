private import Glibc

/// What goes over.
extension Carriage {
    /// How many times a side is read before others have their turn.
    private static let turn = 16

    subscript(end: End) -> CarriedSide {
        get { sides[Int(end.rawValue)] }
        _modify { yield &sides[Int(end.rawValue)] }
    }

    /// Sends on what has come, as long as the other side takes it.
    func carry(from end: End) {
        for _ in 0..<Self.turn {
            guard mayCarry(from: end) else { return }
            switch self[end].socket.read(into: &loop.buffer) {
            case .bytes(0): return takeEnd(of: end)
            case .bytes(let count):
                send(count, to: end.other)
                // What comes then is told of. Over a unix socket descriptors may come, behind which
                // a read stops.
                if count < loop.buffer.count, !self[end].isEnding, !self[end].isUnix {
                    self[end].isReadable = false
                }
            case .later:
                self[end].isReadable = false
                if let error = self[end].writeError { lose(end, error) }
            case .failed(let error): return lose(end, error)
            }
        }
        leaveUnfinished()
    }

    /// Goes on with what it left for others to have their turn.
    func goOn() {
        isUnfinished = false
        for end in [End.client, .host] { carry(from: end) }
    }

    private func leaveUnfinished() {
        guard !isUnfinished else { return }
        isUnfinished = true
        loop.leaveUnfinished(self)
    }

    private func mayCarry(from end: End) -> Bool {
        guard !isOver, breaking == nil, self[end].isReadable, !self[end].hasEnded else {
            return false
        }
        return self[end.other].unsent.isEmpty && self[end.other].writeError == nil
    }

    /// Sends what was read, and tells of it.
    private func send(_ count: Int, to end: End) {
        lastCarried = loop.now
        self[end.other].bytesReceived += count
        switch self[end].socket.write(loop.buffer, 0..<count) {
        case .bytes(let sent):
            self[end].bytesSent += sent
            if sent < count { keep(loop.buffer[sent..<count], for: end) }
        case .later: keep(loop.buffer[..<count], for: end)
        case .failed(let error): return takeNothing(of: end, error)
        }
        guard !isOver, witness?.wantsBytes() == true else { return }
        let direction = end == .host ? Proxy.Direction.toHost : .toClient
        witness?.onBytes(direction, Array(loop.buffer[..<count]))
    }

    /// Keeps what a side does not take until it does.
    private func keep(_ bytes: ArraySlice<UInt8>, for end: End) {
        self[end].unsent = Array(bytes)
        if self[end].isPolled { watch(end) }
    }

    /// Sends what a side did not take before, and what comes behind it.
    func sendUnsent(to end: End) {
        while !self[end].unsent.isEmpty {
            let (bytes, start) = (self[end].unsent, self[end].unsentStart)
            switch self[end].socket.write(bytes, start..<bytes.count) {
            case .bytes(let sent):
                lastCarried = loop.now
                self[end].bytesSent += sent
                self[end].unsentStart += sent
                guard start + sent == bytes.count else { continue }
                (self[end].unsent, self[end].unsentStart) = ([], 0)
                takeRoom(of: end)
            case .later: return
            case .failed(let error): return takeNothing(of: end, error)
            }
        }
    }

    /// A side has taken all that there was.
    private func takeRoom(of end: End) {
        if breaking == end {
            finish()
        } else if self[end.other].hasEnded {
            tellEnd(to: end)
        } else {
            carry(from: end.other)
        }
    }

    /// A side's stream has ended.
    private func takeEnd(of end: End) {
        self[end].hasEnded = true
        // A connection may be broken behind the end of its stream.
        let error = self[end].writeError ?? self[end].socket.takeError()
        if error != 0 {
            lose(end, error)
        } else if self[end.other].unsent.isEmpty {
            tellEnd(to: end.other)
        }
    }

    private func tellEnd(to end: End) {
        // To close it tells it, too.
        if self[end.other].isToldOfEnd { return finish() }
        self[end].socket.endStream()
        self[end].isToldOfEnd = true
    }

    /// A side takes nothing any more; what it has said before that is read first.
    private func takeNothing(of end: End, _ error: Int32) {
        self[end].unsent = []
        self[end].writeError = error
        self[end].isReadable = true
        self[end].isEnding = true
        // Where the other one takes nothing, either, there is no use in what this one said.
        if self[end].hasEnded || self[end.other].writeError != nil {
            lose(end, error)
        } else {
            leaveUnfinished()
        }
    }

    /// A side is gone without having taken all that was for it, or said all that it had.
    func lose(_ end: End, _ error: Int32) {
        guard breaking == nil else { return finish() }
        // A unix socket is gone at once when its peer closes it, which is no break.
        if !self[end].isUnix || error == ECONNRESET {
            let cause = error == EPIPE ? Cause.closedByPeer : .system(errno: error)
            let lost = NetError.connectionLost(cause: cause)
            rupture = Proxy.Rupture(isOfClient: end == .client, error: lost)
        }
        breaking = end.other
        if self[end.other].unsent.isEmpty { finish() }
    }
}

extension ForwardingLoop.End {
    /// The one on the other side.
    fileprivate var other: Self { self == .client ? .host : .client }
}
