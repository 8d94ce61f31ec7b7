private import Glibc

/// Takes in the connections that come to a socket of a proxy, on one of its loops, and hands some of
/// them to the others.
final class Intake: EventSource {
    /// How many are taken in before others have their turn.
    private static let turn = 16

    private let socket: StreamSocket
    /// Where all connections come to, where that is one address.
    private let address: Address?
    private let service: ProxyService
    private let loop: ForwardingLoop
    private let threads: [ForwardingThread]
    private let number: UInt64
    /// When it goes on, where there was no descriptor left.
    private(set) var deadline: ContinuousClock.Instant?

    /// One that has not begun; whoever has made the socket closes it, when this is stopped.
    init(
        _ socket: ListeningSocket,
        for service: ProxyService,
        on loop: ForwardingLoop,
        _ threads: [ForwardingThread],
    ) {
        self.socket = socket.socket
        address = socket.address.isUnspecified ? nil : socket.address
        self.service = service
        self.loop = loop
        self.threads = threads
        number = loop.thread.nextSource()
    }

    /// Begins to take them in.
    func begin() {
        loop.add(self, as: number)
        listen()
    }

    func take(_ conditions: Poller.Conditions, at end: ForwardingLoop.End) {
        for _ in 0..<Self.turn {
            do {
                guard let accepted = try socket.accept() else { return }
                take(accepted)
            } catch {
                // One that its client has given up.
                if error.cause == .system(errno: ECONNABORTED) { continue }
                return pause(error.cause)
            }
            if DescriptorLimit.isNear { return pause(.system(errno: EMFILE)) }
        }
    }

    func deadlinePassed() {
        guard !DescriptorLimit.isNear else { return pause(.system(errno: EMFILE)) }
        deadline = nil
        listen()
    }

    func stop() {
        loop.thread.poller.removeListening(socket)
    }

    private func listen() {
        do {
            let end = ForwardingLoop.End.client.number(of: number)
            try loop.thread.poller.addListening(socket, as: end)
        } catch {
            pause(error.cause)
        }
    }

    private func pause(_ cause: Cause) {
        service.cannotAccept(cause)
        loop.thread.poller.removeListening(socket)
        deadline = .now + AcceptReports.pause
        loop.noteDeadline(of: self)
    }

    private func take(_ accepted: StreamSocket.Accepted) {
        // What the client of a unix socket calls its own says nothing, and could be anything.
        let peer = accepted.peer.family == .unix ? .unix("") : accepted.peer
        guard service.admit(peer) else { return accepted.socket.close() }
        DescriptorLimit.expect(1)
        let local = address ?? accepted.socket.localAddress ?? .unknown
        let begin = { @Sendable [service] loop in
            Carriage(accepted.socket, from: peer, at: local, for: service, on: loop).dial()
        }
        let thread = nextThread
        let isPosted = thread !== loop.thread && thread.post(begin)
        (isPosted ? thread : loop.thread).changeLoad(by: 1)
        if !isPosted { begin(loop) }
    }

    private var nextThread: ForwardingThread {
        let own = loop.thread
        guard own.load >= ForwardingThread.few else { return own }
        let loads = threads.map(\.load)
        return loads.indices.min { loads[$0] < loads[$1] }.map { threads[$0] } ?? own
    }
}

extension Address {
    /// Whether it stands for every address of this machine.
    fileprivate var isUnspecified: Bool {
        switch place {
        case .v4(let bits): bits == 0
        case .v6(let high, let low, _): high == 0 && low == 0
        case .unix: false
        }
    }
}
