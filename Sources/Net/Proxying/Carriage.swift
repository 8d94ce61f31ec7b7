private import Glibc

/// A conversation that a proxy carries, on one of its loops: two sockets, of which each is sent what
/// comes over the other: bytes, the end of a stream, and a break.
///
/// What a side does not take waits here, and the other side is not read meanwhile: so a slow receiver
/// slows the sender, and little is held.
final class Carriage: EventSource {
    typealias End = ForwardingLoop.End

    private struct Side {
        let socket: StreamSocket
        let address: Address
        /// Whether there may be something to read.
        var isReadable = false
        /// Whether something else is behind the bytes that there may be.
        var isEnding = false
        /// Whether its stream has ended.
        var hasEnded = false
        /// What it has not taken, from the place on.
        var unsent: [UInt8] = []
        var unsentStart = 0
        /// Whether it was told that the other side's stream has ended.
        var isToldOfEnd = false
        /// Why it takes nothing any more.
        var writeError: Int32?
        var bytesReceived = 0
        var bytesSent = 0

        var isUnix: Bool { address.family == .unix }

        init(_ socket: StreamSocket, _ address: Address) {
            self.socket = socket
            self.address = address
        }
    }

    /// How many times a side is read before others have their turn.
    private static let turn = 16

    let service: ProxyService
    let loop: ForwardingLoop
    /// Its number as a source of events.
    let number: UInt64
    /// Gives up to dial the host.
    var cancelDial: () -> Void = {}

    private let id: Int
    private let localAddress: Address
    private let opened = ContinuousClock.now
    /// The client, and then the host.
    private var sides: [Side]
    private var witness: Proxy.Witness?
    /// When bytes were carried last.
    private var lastCarried: ContinuousClock.Instant
    /// How it was broken off, and the side that is to see that.
    private var rupture: Proxy.Rupture?
    private var breaking: End?
    /// Whether its loop knows that there is more to carry.
    private var isUnfinished = false
    private var isOver = false

    /// Takes a client over that was counted; its host is to be dialled.
    init(
        _ socket: StreamSocket,
        from peer: Address,
        at localAddress: Address,
        for service: ProxyService,
        on loop: ForwardingLoop,
    ) {
        self.service = service
        self.loop = loop
        self.localAddress = localAddress
        id = service.network.nextConnectionID()
        number = loop.thread.nextSource()
        sides = [Side(socket, peer)]
        lastCarried = loop.now
        loop.add(self, as: number)
    }

    /// What there is to say of the client's connection.
    var status: Conn.Status {
        Conn.Status(
            id: id,
            isIncoming: true,
            remoteAddress: sides[0].address,
            localAddress: localAddress,
            opened: opened,
            messages: 0,
            bytesReceived: sides[0].bytesReceived,
            bytesSent: sides[0].bytesSent
        )
    }

    /// Begins to carry.
    ///
    /// - Parameters:
    ///   - socket: the connection to the host.
    ///   - address: where that was reached.
    ///   - isPolled: whether the poller knows the socket, by another number.
    func begin(_ socket: StreamSocket, at address: Address, isPolled: Bool) {
        sides.append(Side(socket, address))
        let client = sides[0]
        for side in sides where !side.isUnix { side.socket.keepUrgentBytes() }
        witness = service.witness(
            Proxy.Ends(
                connection: id,
                client: client.address,
                local: localAddress,
                host: address
            )
        )
        lastCarried = loop.now
        do {
            let poller = loop.thread.poller
            let end = ForwardingThread.number(of: number, .host)
            try isPolled ? poller.change(socket, to: end) : poller.add(socket, as: end)
            try poller.add(client.socket, as: ForwardingThread.number(of: number, .client))
        } catch {
            return finish(NetError.connectionLost(cause: error.cause))
        }
        loop.noteDeadline(of: self)
    }

    /// Ends it, and tells why where it has failed.
    func finish(_ error: (any Error)? = nil) {
        guard !isOver else { return }
        isOver = true
        loop.remove(number)
        loop.thread.changeLoad(by: -1)
        for (index, side) in sides.enumerated() {
            breaking == End(rawValue: UInt64(index)) ? side.socket.breakOff() : side.socket.close()
        }
        if sides.count > 1 {
            let total = Proxy.Total(
                bytesToHost: sides[1].bytesSent,
                bytesToClient: sides[0].bytesSent
            )
            witness?.onEnd(total, rupture)
        }
        let status = status
        if let error {
            service.onEvent(.failed(peer: status.remoteAddress, command: nil, error: error))
        }
        service.release(status)
    }

    // MARK: EventSource

    var deadline: ContinuousClock.Instant? {
        guard sides.count > 1 else { return nil }
        return service.silence.map { lastCarried + $0 }
    }

    func take(_ conditions: Poller.Conditions, at end: End) {
        if !conditions.isDisjoint(with: .writable) { sendUnsent(to: end) }
        if !conditions.isDisjoint(with: .readable) { self[end].isReadable = true }
        if !conditions.isDisjoint(with: .ending) { self[end].isEnding = true }
        carry(from: end)
        guard !isOver, self[end].hasEnded, !conditions.isDisjoint(with: .broken) else { return }
        // It is read no more, and may be written to never again.
        let error = self[end].socket.takeError()
        if error != 0 { lose(end, error) }
    }

    func goOn() {
        isUnfinished = false
        for end in [End.client, .host] where !isOver { carry(from: end) }
    }

    func deadlinePassed() {
        finish(service.silence.map { NetError.idleTooLong(limit: $0) })
    }

    func stop() {
        cancelDial()
        cancelDial = {}
        finish()
    }
}

/// What goes over.
extension Carriage {
    private subscript(end: End) -> Side {
        get { sides[Int(end.rawValue)] }
        _modify { yield &sides[Int(end.rawValue)] }
    }

    /// Sends on what has come, as long as the other side takes it.
    private func carry(from end: End) {
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
            if sent < count { self[end].unsent = Array(loop.buffer[sent..<count]) }
        case .later: self[end].unsent = Array(loop.buffer[..<count])
        case .failed(let error): return takeNothing(of: end, error)
        }
        guard let witness, witness.wantsBytes() else { return }
        let direction = end == .host ? Proxy.Direction.toHost : .toClient
        witness.onBytes(direction, Array(loop.buffer[..<count]))
    }

    /// Sends what a side did not take before, and what comes behind it.
    private func sendUnsent(to end: End) {
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
    private func lose(_ end: End, _ error: Int32) {
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

extension ForwardingLoop {
    /// The connections of clients that are open.
    var statuses: [Conn.Status] { all.compactMap { ($0 as? Carriage)?.status } }
}
