private import Glibc
internal import NIOCore

/// Two connections on one event loop, of which each carries on what comes over the other: bytes, the
/// end of a stream, and a break.
///
/// What cannot be sent on waits in the inbox of the connection that it came over, which is not read
/// meanwhile: so a slow receiver slows the sender, and little is held here.
final class Pipe {
    private let client: Conn
    private let host: Conn
    /// How long nothing may go either way; `nil` where that may be for ever.
    private let silence: Duration?
    private let witness: Proxy.Witness?
    /// When bytes were carried last, where that matters.
    private var lastCarried = ContinuousClock.now
    private var isSilent = false
    private var rupture: Proxy.Rupture?

    /// A pipe that carries nothing yet.
    init(
        _ client: Conn,
        _ host: Conn,
        silence: Duration?,
        _ witness: Proxy.Witness?,
    ) {
        precondition(client.executor === host.executor, "a pipe is on one event loop")
        self.client = client
        self.host = host
        self.silence = silence
        self.witness = witness
    }

    /// Carries everything, until both connections are closed; the witness is told so then.
    ///
    /// - Parameter done: Called at the end, with `NetError.idleTooLong` where that is why both were
    ///   closed.
    func run(_ done: @escaping ((any Error)?) -> Void) {
        client.onStop = { [self] in Self.stop(client, host) }
        client.onSign = { [self] _, sign in take(sign, of: client, beside: host) }
        host.onSign = { [self] _, sign in take(sign, of: host, beside: client) }
        waitForSilence()
        // What came while the host was dialled.
        take(client.hasEnded ? .end : .bytes, of: client, beside: host)
        take(host.hasEnded ? .end : .bytes, of: host, beside: client)
        client.channel.closeFuture.and(host.channel.closeFuture).assumeIsolated().whenComplete {
            [self] _ in end(done)
        }
    }

    /// Lets both connections go.
    private func end(_ done: ((any Error)?) -> Void) {
        Self.stop(client, host)
        // Nothing else is sent over either of them.
        let total = Proxy.Total(bytesToHost: host.bytesSent, bytesToClient: client.bytesSent)
        witness?.onEnd(total, rupture)
        let error = silence.map { NetError.idleTooLong(limit: $0) }
        done(isSilent ? error : nil)
    }

    /// Closes both, so that neither takes it for the other's doing.
    private static func stop(_ client: Conn, _ host: Conn) {
        for conn in [client, host] {
            conn.onSign = nil
            conn.abort()
        }
    }

    private func take(_ sign: Conn.Sign, of side: Conn, beside other: Conn) {
        switch sign {
        case .opened: break
        case .bytes: carry(from: side, to: other)
        case .room: carry(from: other, to: side)
        case .end:
            carryEnd(from: side, to: other)
            // The one that did may be gone.
            waitForSilence()
        case .silence: checkSilence()
        }
    }

    /// Sends on what has come, if the other side takes it, and the end of the stream after it.
    private func carry(from side: Conn, to other: Conn) {
        let hasEnded = side.hasEnded
        guard other.isOpen else { return refuse(side) }
        guard hasEnded || other.channel.isWritable else { return }
        sendOn(from: side, to: other)
        if side.inbox.release() { side.channel.read() }
        if hasEnded { other.endStream() }
    }

    /// Breaks off a side whose bytes nobody takes any more.
    private func refuse(_ side: Conn) {
        if side.inbox.bytes.readableBytes > 0 { side.breakOff() }
    }

    /// Sends on that a side has ended its stream, or that nobody is there any more.
    private func carryEnd(from side: Conn, to other: Conn) {
        guard side.isBroken else { return carry(from: side, to: other) }
        guard other.isOpen else { return }
        rupture = rupture ?? Proxy.Rupture(isOfClient: side === client, error: side.failure)
        sendOn(from: side, to: other)
        other.breakOff()
    }

    private func sendOn(from side: Conn, to other: Conn) {
        let bytes = side.inbox.takeAll()
        guard bytes.readableBytes > 0 else { return }
        other.pass(bytes)
        if silence != nil { lastCarried = .now }
        guard let witness, witness.wantsBytes() else { return }
        witness.onBytes(side === client ? .toHost : .toClient, Array(bytes.readableBytesView))
    }

    /// Has one of the connections notice when nothing went either way for too long.
    private func waitForSilence() {
        guard let silence else { return }
        (client.isOpen ? client : host).setReadDeadline(lastCarried + silence)
    }

    private func checkSilence() {
        guard let silence else { return }
        // To move the deadline whenever bytes are carried would cost more than this.
        guard lastCarried + silence <= .now else { return waitForSilence() }
        isSilent = true
        Self.stop(client, host)
    }
}

extension Conn {
    /// Whether it is gone without having taken all that was for it, or sent all that it had.
    fileprivate var isBroken: Bool {
        if case .failed = inbox.stream { return true }
        // A unix socket is gone at once when its peer closes it, which is no break.
        return isClosed && !hasSentEnd && remoteAddress.family != .unix
    }

    /// Ends this side's stream behind all that was written, however long the peer takes for that;
    /// where the peer's has ended, the connection is over then.
    fileprivate func endStream() {
        guard isOpen, !hasEndedWriting else { return }
        hasEndedWriting = true
        guard hasUnsent else { return sendEnd() }
        let written = channel.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenSuccess { self.sendEnd() }
        pass(ByteBuffer(), promise: written)
    }

    private func sendEnd() {
        hasSentEnd = true
        channel.close(mode: .output, promise: nil)
    }

    /// Sends what was written, and breaks the connection off, so that its peer sees that.
    fileprivate func breakOff() {
        guard isOpen else { return }
        let now = linger(l_onoff: 1, l_linger: 0)
        _ = (channel as? any SocketOptionProvider)?.setSoLinger(now)
        beginClose()
    }
}
