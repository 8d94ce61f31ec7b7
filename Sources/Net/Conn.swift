internal import NIOCore

/// A connection, over TCP or a unix socket: bytes and lines in, bytes out, with deadlines.
///
/// A connection lives on one event loop, and all its methods but `close` and `perform` may only be
/// called there: by a handler that an `Endpoint` or a `Listener` runs, or inside `perform`. Called
/// anywhere else they trap. One task may read while another writes.
///
/// Who makes a connection closes it: a `Listener` those that it accepted, the caller of
/// `Dialer.dial` the one that it got.
///
/// - Note: It is `Sendable` although its state is not locked, because no two threads touch the
///   state: SwiftNIO calls the channel handler on the event loop's thread, and every other way to
///   the state begins with `onLoop()`, which traps on any other thread, or is scheduled on the loop.
public final class Conn: @unchecked Sendable {
    /// The address of the other side.
    public let remoteAddress: Address
    /// The address of this side.
    public let localAddress: Address
    /// Whether it was accepted, and not made.
    public let isIncoming: Bool
    /// Its number among the connections of its network, from 1; 0 before anything can go over it.
    public private(set) var id = 0

    let channel: any Channel
    let executor: LoopExecutor
    // Keeps the loop's thread alive.
    let network: Network

    /// When it was made, or accepted.
    let opened = ContinuousClock.now

    // The state, touched on the event loop only.
    var bytesReceived = 0
    var bytesSent = 0
    /// How many commands were answered, or sent.
    var messages = 0
    var context: ChannelHandlerContext?
    var inbox = Inbox()
    var outbox = Outbox()
    var readDeadline: ContinuousClock.Instant?
    var writeDeadline: ContinuousClock.Instant?
    var deadline: Deadline?
    var readLimit = ReadLimit.none
    /// How long each wait for the peer to take what was written may last.
    var writeLimit: Duration?
    /// Told of what the peer does while no task reads or writes.
    var onSign: ((Conn, Sign) -> Void)?
    /// Whether the connection has no task.
    var isResting = false
    /// The tasks that wait for the end of the peer's stream.
    var endWaiters: [Waiter] = []
    /// Whether this side has ended its stream.
    var hasEndedWriting = false
    /// Whether the system was told so, after everything that was written before.
    var hasSentEnd = false
    private var lastTicket: Waiter.Ticket = 0
    private var life = Life.open

    /// What a peer does.
    enum Sign {
        case bytes
        /// It ended its stream, or the connection.
        case end
        /// It sent nothing until the read deadline.
        case silence
    }

    private enum Life {
        case open
        /// What was written before is still being sent.
        case closing
        case closed
    }

    /// Wraps the channel, in its initializer, which runs on its event loop.
    init(_ channel: any Channel, isIncoming: Bool, on network: Network) {
        self.isIncoming = isIncoming
        self.channel = channel
        self.network = network
        executor = network.executor(of: channel.eventLoop)
        let local = Address(channel.localAddress) ?? .unknown
        // Where a unix socket listens, what its client called its own says nothing, and could be
        // anything.
        let isAccepted = local.family == .unix && !local.host.isEmpty
        remoteAddress = isAccepted ? .unix("") : Address(channel.remoteAddress) ?? .unknown
        localAddress = local
    }

    /// Runs `body` on the connection's event loop, from any task.
    ///
    /// The connection stays open afterwards.
    @concurrent
    public func perform<Result>(
        _ body: sending (Conn) async throws -> sending Result
    ) async throws -> sending Result {
        try await withTaskExecutorPreference(executor) {
            try await entering(body)
        }
    }

    /// Moves the task to its executor: to prefer another one alone does not.
    @concurrent
    private func entering<Result>(
        _ body: (Conn) async throws -> sending Result
    ) async throws -> sending Result {
        // Not only a check: without a statement here Swift 6.3 leaves the move itself out.
        onLoop()
        return try await body(self)
    }

    /// Sends what was written and closes the connection; it may be called from any task, and again.
    ///
    /// Returns when the system has taken all that was written. What it has not taken when the write
    /// deadline passes, where there is none after 10 s, or when the task is cancelled, is dropped.
    /// A task that waits on the connection gets `NetError.closed`.
    public func close() async {
        if executor.eventLoop.inEventLoop {
            beginClose()
            if life == .closed { return }
        } else {
            executor.eventLoop.execute { self.beginClose() }
        }
        await withTaskCancellationHandler {
            try? await channel.closeFuture.get()
        } onCancel: {
            abort()
        }
    }

    /// Closes the connection at once; what was not sent is dropped.
    func abort() {
        channel.close(promise: nil)
    }

    /// Closes the connection at once if it has no task; from any thread.
    func abortIfResting() {
        executor.eventLoop.execute {
            if self.isResting { self.abort() }
        }
    }

    /// Traps where the caller does not run on the connection's event loop.
    func onLoop() {
        executor.eventLoop.preconditionInEventLoop()
    }

    /// Has the calling task wait until it is woken; a cancelled task wakes at once.
    func wait(
        _ store: (Waiter) -> Void,
        cancel: @escaping @Sendable (Waiter.Ticket) -> Void,
    ) async throws {
        lastTicket += 1
        let ticket = lastTicket
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                store(Waiter(ticket: ticket, continuation: continuation))
            }
        } onCancel: {
            executor.eventLoop.execute { cancel(ticket) }
        }
    }

    /// Sends what was written and closes the connection, on the event loop, without waiting.
    func beginClose() {
        guard life == .open else { return }
        life = .closing
        inbox.close()
        reportEnd()
        guard hasUnsent else { return abort() }
        setWriteDeadline(writeDeadline ?? .now + .seconds(10))
        let written = channel.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { _ in self.abort() }
        pass(outbox.take(), promise: written)
    }

    /// Whether the system has not taken all that was written.
    var hasUnsent: Bool {
        let unsent = (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 1
        return !outbox.isEmpty || unsent > 0
    }
}

/// What the channel handler reports, on the event loop.
extension Conn {
    /// The channel carries bytes from now on.
    func begin(_ context: ChannelHandlerContext) {
        self.context = context
        id = network.nextConnectionID()
        tellOpened()
    }

    /// Whether the socket is not to be read now.
    func holdBack() -> Bool {
        life == .open && inbox.holdBack()
    }

    func received(_ bytes: inout ByteBuffer) {
        guard life == .open else { return }
        bytesReceived += bytes.readableBytes
        tell(.received, bytes)
        inbox.append(&bytes)
    }

    func inputEnded() {
        inbox.end(.ended)
        reportEnd()
    }

    func failed(_ error: any Error) {
        inbox.end(.failed(.connectionLost(cause: Cause(error))))
        reportEnd()
    }

    /// Tells of the peer where no task reads or writes.
    func show(_ sign: Sign) {
        onSign?(self, sign)
    }

    func becameWritable() {
        outbox.wakeAll()
    }

    func becameInactive() {
        life = .closed
        // After both sides have ended their streams, this is how the end of the peer's comes.
        inbox.end(hasEndedWriting ? .ended : .failed(.connectionLost(cause: .closedByPeer)))
        outbox.fail(with: failure)
        reportEnd()
        if let deadline { executor.set(deadline, of: self, to: nil) }
        deadline = nil
        tellClosed()
    }

    /// Why nothing can be written any more.
    var failure: NetError {
        guard case .failed(let error) = inbox.stream else {
            return .connectionLost(cause: .closedByPeer)
        }
        return error
    }

    /// How the connection was lost, where neither side closed it.
    var loss: NetError? {
        guard case .failed(.connectionLost(let cause)) = inbox.stream, cause != .closedByPeer
        else { return nil }
        return .connectionLost(cause: cause)
    }

    var isOpen: Bool { life == .open }
    var isClosed: Bool { life == .closed }
    var isClosing: Bool { life == .closing }
}
