internal import NIOCore
internal import NIOPosix
private import Synchronization

/// Makes connections to other machines, or to this one.
public struct Dialer: Sendable {
    /// How long a dial may take in all: the look-up of the name and every address tried.
    public var timeout: Duration
    /// How long a connection is idle before the system asks for a sign of life of its peer, and how
    /// often it asks then, in whole seconds, rounded up; `nil` where it never asks.
    public var keepAlive: Duration?
    private let network: Network

    /// A dialer whose connections live on the loops of `network`.
    public init(
        on network: Network,
        timeout: Duration = .seconds(10),
        keepAlive: Duration? = .seconds(15)
    ) {
        self.network = network
        self.timeout = timeout
        self.keepAlive = keepAlive
    }

    /// Connects to the host, written as `HostPort` says.
    ///
    /// - Throws: as the other `dial` does, and `NetError.badHost`.
    public func dial(_ host: String, defaultPort: UInt16 = 61000) async throws -> Conn {
        try await dial(HostPort(host, defaultPort: defaultPort))
    }

    /// Connects to the first of the host's addresses that answers, tried in their order.
    ///
    /// The caller closes the connection. A task that is cancelled returns at once, with nothing left
    /// behind.
    ///
    /// - Throws: `NetError.cannotDial` with what failed at the first address, or
    ///   `CancellationError`.
    public func dial(_ host: HostPort) async throws -> Conn {
        do {
            return try await withTimeout {
                try await connect(to: Address.resolve(host))
            }
        } catch NetError.cannotResolve(_, let reason) {
            let cause = Cause.nameDoesNotResolve(reason: reason)
            throw NetError.cannotDial(host: "\(host)", cause: cause)
        } catch let cause as Failure {
            throw NetError.cannotDial(host: "\(host)", cause: cause.cause)
        }
    }

    /// Connects to the host, runs `body` on the connection's event loop, and closes the connection.
    ///
    /// - Throws: as `dial` does, and what `body` throws.
    public func withConn<Result>(
        _ host: HostPort,
        _ body: sending (Conn) async throws -> sending Result,
    ) async throws -> sending Result {
        let conn = try await dial(host)
        do {
            let result = try await conn.perform(body)
            await conn.close()
            return result
        } catch {
            await conn.close()
            throw error
        }
    }

    private func connect(to addresses: [Address]) async throws -> Conn {
        var first: Failure?
        for address in addresses {
            do {
                return try await network.connect(to: address, keepAlive: keepAlive)
            } catch let failure as Failure {
                first = first ?? failure
            }
        }
        throw first ?? Failure(cause: .refused)
    }

    /// Runs `body`, and cancels it when the time is over.
    private func withTimeout(
        _ body: @escaping @Sendable () async throws -> Conn
    ) async throws -> Conn {
        try await withThrowingTaskGroup(of: Conn.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw Failure(cause: .timedOut(after: timeout))
            }
            let first = await group.nextResult()
            group.cancelAll()
            // A connection that was made in the moment in which the time ended.
            while let late = await group.nextResult() {
                if case .success(let conn) = late { conn.abort() }
            }
            guard let first else { throw CancellationError() }
            return try first.get()
        }
    }
}

/// Why one address could not be connected to.
private struct Failure: Error {
    let cause: Cause
}

extension Network {
    /// Connects to one address; a task that is cancelled ends the attempt, which would otherwise go
    /// on for as long as the system tries.
    fileprivate func connect(to address: Address, keepAlive: Duration?) async throws -> Conn {
        let attempt = Attempt()
        let made = connecting(to: address, keepAlive: keepAlive) { channel in
            attempt.started(channel)
        }
        made.whenComplete { result in
            let isAwaited = attempt.conn.deliver(result.mapError { Failure(cause: Cause($0)) })
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
        keepAlive: Duration?,
        _ started: @escaping @Sendable (any Channel) -> Void,
    ) -> EventLoopFuture<Conn> {
        ClientBootstrap(group: eventLoops)
            .connectTimeout(.hours(1))
            .channelInitializer { channel in
                started(channel)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.setUp()
                    if let keepAlive, address.family != .unix {
                        try channel.keepAlive(after: keepAlive)
                    }
                }
            }
            .connect(to: address.socketAddress)
            .flatMapThrowing { channel in
                let conn = Conn(channel, on: self)
                try channel.pipeline.syncOperations.addHandler(ConnHandler(conn))
                return conn
            }
    }
}

/// An attempt to connect, which can be given up at any stage.
private final class Attempt: Sendable {
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
