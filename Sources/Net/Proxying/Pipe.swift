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
    /// Told of bytes that were carried.
    private let onCarried: (Proxy.Direction, ByteBuffer) -> Void
    private var isSilent = false
    private var rupture: Proxy.Rupture?

    /// A pipe that carries nothing yet.
    init(
        _ client: Conn,
        _ host: Conn,
        silence: Duration?,
        onCarried: @escaping (Proxy.Direction, ByteBuffer) -> Void,
    ) {
        precondition(client.executor === host.executor, "a pipe is on one event loop")
        self.client = client
        self.host = host
        self.silence = silence
        self.onCarried = onCarried
    }

    /// Carries everything, until both connections are closed.
    ///
    /// - Returns: Which side broke the connection off, if one did.
    /// - Throws: `NetError.idleTooLong`; then, and where the task is cancelled, both are closed at once.
    func run() async throws -> Proxy.Rupture? {
        client.onSign = { [self] _, sign in take(sign, of: client, beside: host) }
        host.onSign = { [self] _, sign in take(sign, of: host, beside: client) }
        keepTime()
        // What came while the host was dialled.
        take(client.hasEnded ? .end : .bytes, of: client, beside: host)
        take(host.hasEnded ? .end : .bytes, of: host, beside: client)
        await waitUntilClosed()
        Self.stop(client, host)
        if isSilent, let silence { throw NetError.idleTooLong(limit: silence) }
        return rupture
    }

    private func waitUntilClosed() async {
        await withTaskCancellationHandler {
            try? await client.channel.closeFuture.get()
            try? await host.channel.closeFuture.get()
        } onCancel: { [client, host] in
            client.executor.eventLoop.execute { Self.stop(client, host) }
        }
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
        case .end: carryEnd(from: side, to: other)
        case .silence:
            isSilent = true
            Self.stop(client, host)
        }
    }

    /// Sends on what has come, if the other side takes it, and the end of the stream after it.
    private func carry(from side: Conn, to other: Conn) {
        let hasEnded = side.hasEnded
        guard other.isOpen else { return refuse(side) }
        guard hasEnded || other.channel.isWritable else { return }
        keepTime()
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
        onCarried(side === client ? .toHost : .toClient, bytes)
    }

    /// Gives the next bytes their time, on a connection that is still there.
    private func keepTime() {
        guard let silence else { return }
        (client.isOpen ? client : host).setReadDeadline(.now + silence)
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
