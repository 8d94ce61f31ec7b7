internal import NIOCore
internal import NIOPosix
private import Synchronization

extension Dialer {
    /// Connects to one address; a task that is cancelled ends the attempt, which would otherwise go
    /// on for as long as the system tries.
    ///
    /// - Throws: `DialFailure`, `CancellationError`.
    func connect(to address: Address, within time: Duration) async throws -> Conn {
        let attempt = DialAttempt()
        let made = connecting(to: address, within: time) { channel in
            attempt.started(channel)
        }
        made.whenComplete { result in
            let result = result.mapError { error -> any Error in
                DialFailure(address: address, cause: cause(of: error, within: time))
            }
            let isAwaited = attempt.conn.deliver(result)
            if !isAwaited, case .success(let conn) = result { conn.abort() }
        }
        return try await withTaskCancellationHandler {
            try await attempt.conn.value()
        } onCancel: {
            attempt.cancel()
        }
    }

    private func connecting(
        to address: Address,
        within time: Duration,
        _ started: @escaping @Sendable (any Channel) -> Void,
    ) -> EventLoopFuture<Conn> {
        let isIP = address.family != .unix
        return ClientBootstrap(group: network.eventLoops)
            .connectTimeout(TimeAmount(time))
            .channelInitializer { channel in
                started(channel)
                let ready = channel.eventLoop.makeCompletedFuture {
                    try channel.setUp()
                    if isIP, let keepAlive { try channel.keepAlive(after: keepAlive) }
                }
                guard isIP, let localAddress else { return ready }
                return ready.flatMap { channel.bind(to: localAddress.socketAddress) }
                    .flatMapErrorThrowing { throw BindFailure(cause: Cause($0)) }
            }
            .connect(to: address.socketAddress)
            .flatMapThrowing { channel in
                let conn = Conn(channel, isIncoming: false, on: network)
                try channel.pipeline.syncOperations.addHandler(ConnHandler(conn))
                return conn
            }
    }

    private func cause(of error: any Error, within time: Duration) -> Cause {
        switch error {
        case let failure as BindFailure:
            guard let localAddress else { return failure.cause }
            return .localAddress(localAddress, reason: "\(failure.cause)")
        case ChannelError.connectTimeout: return .timedOut(after: time.rounded)
        default: return Cause(error)
        }
    }
}

extension Duration {
    /// Tenths of a second, below one hundredths: a share of what is left of a time has digits that
    /// say nothing.
    var rounded: Duration {
        let unit = Duration.milliseconds(self < .seconds(1) ? 10 : 100)
        return unit * Int((self / unit).rounded())
    }
}

/// Why the local address cannot be had.
private struct BindFailure: Error {
    let cause: Cause
}

/// An attempt to connect, which can be given up at any stage.
private final class DialAttempt: Sendable {
    let conn = OneShot<Conn>()

    private enum State {
        case new
        case started(any Channel)
        case cancelled
    }

    private let state = Mutex(State.new)

    /// The socket is there; SwiftNIO connects it next.
    func started(_ channel: any Channel) {
        let isCancelled = state.withLock { state in
            if case .cancelled = state { return true }
            state = .started(channel)
            return false
        }
        if isCancelled { channel.close(promise: nil) }
    }

    func cancel() {
        conn.deliver(.failure(CancellationError()))
        let before = state.withLock { state in
            defer { state = .cancelled }
            return state
        }
        if case .started(let channel) = before { channel.close(promise: nil) }
    }
}
