internal import NIOCore

/// A dial for which no task waits.
struct Dialling: Sendable {
    /// The connection, or what ``Dialer/dial(_:)-(HostPort)`` throws.
    let conn: EventLoopFuture<Conn>
    /// Gives it up, if it is not over.
    let cancel: @Sendable () -> Void
}

extension Dialer {
    /// Begins to connect to the host, on an event loop.
    ///
    /// Where its only address is known, and nobody is told of the dial, it costs no task. Whoever takes
    /// the connection closes it.
    func begin(_ host: HostPort, at address: Address?, on executor: LoopExecutor) -> Dialling {
        var dialer = self
        dialer.executor = executor
        guard let address, onEvent == nil, localAddress == nil, transport.admits(address) else {
            return dialer.beginTask(host, executor.eventLoop)
        }
        let attempt = DialAttempt()
        let time = DialTime(self)
        let conn = dialer.connect(to: address, within: time.total, attempt)
            .flatMapErrorThrowing { error in
                guard let failure = error as? DialFailure else { throw error }
                throw NetError.cannotDial(host, [failure], time)
            }
        return Dialling(conn: conn) { attempt.cancel() }
    }

    private func beginTask(_ host: HostPort, _ eventLoop: any EventLoop) -> Dialling {
        let promise = eventLoop.makePromise(of: Conn.self)
        let task = Task {
            do {
                promise.succeed(try await dial(host))
            } catch {
                promise.fail(error)
            }
        }
        return Dialling(conn: promise.futureResult) { task.cancel() }
    }
}
