private import Glibc

/// A connection that is made to an address, on a loop; and one that is made, until somebody takes it.
final class Connecting: EventSource {
    private let address: Address
    private let time: Duration
    private let loop: ForwardingLoop
    private let number: UInt64
    private let done: (Connecting, DialFailure?) -> Void
    private var socket: StreamSocket?
    /// Whether the poller has been told of its socket.
    private(set) var isPolled = false
    private(set) var deadline: ContinuousClock.Instant?
    private var isConnected = false

    /// One that is not begun.
    ///
    /// - Parameters:
    ///   - address: where to connect to.
    ///   - time: how long that may take.
    ///   - number: its number as a source of events.
    ///   - loop: the loop that it is on.
    ///   - done: called once, from ``begin(as:)`` or later, with why it failed, if it did; never after
    ///     ``stop()``.
    init(
        to address: Address,
        within time: Duration,
        as number: UInt64,
        on loop: ForwardingLoop,
        _ done: @escaping (Connecting, DialFailure?) -> Void,
    ) {
        self.address = address
        self.time = time
        self.number = number
        self.loop = loop
        self.done = done
    }

    /// Begins, as a dialer says.
    func begin(as dialer: Dialer) {
        do {
            let socket = try StreamSocket(for: address)
            self.socket = socket
            if address.family != .unix {
                try socket.setUpTCP(keepAlive: dialer.keepAlive)
                if let local = dialer.localAddress { try bind(socket, to: local) }
            }
            look(at: socket)
        } catch {
            fail(error.cause)
        }
    }

    /// Hands over the socket, which whoever gets it adds to the poller, or closes.
    func takeSocket() -> StreamSocket? {
        loop.remove(number)
        return socket.take()
    }

    /// The address of this side.
    var localAddress: Address { socket?.localAddress ?? .unknown }

    func take(_ conditions: Poller.Conditions, at end: ForwardingLoop.End) {
        guard let socket, !isConnected else { return }
        look(at: socket)
    }

    func deadlinePassed() {
        fail(.timedOut(after: time.rounded))
    }

    func stop() {
        takeSocket()?.close()
    }

    private func bind(_ socket: StreamSocket, to local: Address) throws(SystemFault) {
        do {
            try socket.bind(to: local)
        } catch {
            throw SystemFault(cause: .localAddress(local, reason: "\(error.cause)"))
        }
    }

    private func look(at socket: StreamSocket) {
        var outcome = socket.connect(to: address)
        // To this machine that is done at once, and found so when it is looked for.
        if !isPolled, case .later = outcome { outcome = socket.connect(to: address) }
        switch outcome {
        case .bytes:
            isConnected = true
            deadline = nil
            loop.add(self, as: number)
            done(self, nil)
        case .later: if !isPolled { wait(for: socket) }
        case .failed(let errno): fail(.system(errno: errno))
        }
    }

    private func wait(for socket: StreamSocket) {
        do {
            let end = ForwardingLoop.End.client.number(of: number)
            try loop.thread.poller.add(socket, .all, as: end)
            isPolled = true
            deadline = loop.now + time
            loop.add(self, as: number)
        } catch {
            fail(error.cause)
        }
    }

    private func fail(_ cause: Cause) {
        takeSocket()?.close()
        deadline = nil
        done(self, DialFailure(address: address, cause: cause))
    }
}

/// A connection that was made on a loop, and that nobody there has taken yet.
struct DialledSocket: Dialled {
    let thread: ForwardingThread
    /// Its number as a source of events.
    let number: UInt64
    let localAddress: Address
    let remoteAddress: Address

    func abort() {
        let number = number
        thread.post { $0[number]?.stop() }
    }
}

extension ForwardingThread {
    /// Connects to an address, on the thread's loop; a task that is cancelled gives it up.
    ///
    /// - Throws: `DialFailure`, `CancellationError`.
    func connect(
        to address: Address,
        within time: Duration,
        as dialer: Dialer,
    ) async throws -> DialledSocket {
        let awaited = OneShot<DialledSocket>()
        let number = nextSource()
        let isPosted = post { loop in
            loop.connect(to: address, within: time, as: dialer, number, awaited)
        }
        guard isPosted else { throw CancellationError() }
        return try await withTaskCancellationHandler {
            try await awaited.value()
        } onCancel: {
            awaited.deliver(.failure(CancellationError()))
            post { $0[number]?.stop() }
        }
    }
}

extension ForwardingLoop {
    fileprivate func connect(
        to address: Address,
        within time: Duration,
        as dialer: Dialer,
        _ number: UInt64,
        _ awaited: OneShot<DialledSocket>,
    ) {
        let connecting = Connecting(to: address, within: time, as: number, on: self) {
            [thread] connecting, failure in
            let made = DialledSocket(
                thread: thread,
                number: number,
                localAddress: connecting.localAddress,
                remoteAddress: address
            )
            let result: Result<DialledSocket, any Error> =
                failure.map { .failure($0) } ?? .success(made)
            if !awaited.deliver(result) { connecting.stop() }
        }
        connecting.begin(as: dialer)
    }
}
