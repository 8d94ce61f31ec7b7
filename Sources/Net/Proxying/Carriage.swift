/// A conversation that a proxy carries, on one of its loops: two sockets, of which each is sent what
/// comes over the other: bytes, the end of a stream, and a break.
///
/// What a side does not take waits here, and the other side is not read meanwhile: so a slow receiver
/// slows the sender, and little is held.
final class Carriage: EventSource {
    typealias End = ForwardingLoop.End

    let service: ProxyService
    let loop: ForwardingLoop
    /// Its number as a source of events.
    let number: UInt64
    /// Gives up to dial the host.
    var cancelDial: () -> Void = {}
    /// Whether a descriptor is kept for the host, as it is at first.
    var isHostExpected = true {
        didSet {
            if isHostExpected != oldValue { DescriptorLimit.expect(isHostExpected ? 1 : -1) }
        }
    }

    private let id: Int
    private let localAddress: Address
    private let opened = ContinuousClock.now
    /// The client, and then the host.
    var sides: [CarriedSide]
    private(set) var witness: Proxy.Witness?
    /// When bytes were carried last.
    var lastCarried: ContinuousClock.Instant
    /// How it was broken off, and the side that is to see that.
    var rupture: Proxy.Rupture?
    var breaking: End?
    /// Whether its loop knows that there is more to carry.
    var isUnfinished = false
    private(set) var isOver = false

    /// Takes a client over that was counted; its host is to be dialled, and expected.
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
        sides = [CarriedSide(socket, peer)]
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
        sides.append(CarriedSide(socket, address))
        self[.host].isPolled = isPolled
        isHostExpected = false
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
        // Mostly the client has said something meanwhile.
        self[.client].isReadable = true
        carry(from: .client)
        watch(.host)
        watch(.client)
        loop.noteDeadline(of: self)
    }

    /// Has the poller tell of a side, also when it takes something again where it does not now.
    func watch(_ end: End) {
        guard !isOver else { return }
        let (poller, socket) = (loop.thread.poller, self[end].socket)
        let source = end.number(of: number)
        let conditions: Poller.Conditions = self[end].unsent.isEmpty ? .input : .all
        do {
            if self[end].isPolled {
                try poller.change(socket, conditions, to: source)
            } else {
                try poller.add(socket, conditions, as: source)
                self[end].isPolled = true
            }
        } catch {
            finish(NetError.connectionLost(cause: error.cause))
        }
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
        isHostExpected = false
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

    func deadlinePassed() {
        finish(service.silence.map { NetError.idleTooLong(limit: $0) })
    }

    func stop() {
        cancelDial()
        cancelDial = {}
        finish()
    }
}

extension ForwardingLoop {
    /// The connections of clients that are open.
    var statuses: [Conn.Status] { all.compactMap { ($0 as? Carriage)?.status } }
}
