/// How the host of a conversation is reached.
extension Carriage {
    /// Dials the host; then it carries, or tells why it cannot.
    ///
    /// Where the only address of the host is known, or where it was reached a moment ago, that costs no
    /// task.
    func dial() {
        let dialer = service.dialer()
        guard dialer.onEvent == nil, dialer.localAddress == nil else { return dialAll(dialer) }
        if let known = service.onlyAddress, dialer.admits(known) {
            let time = DialTime(dialer).total
            dial(known, within: time, dialer) { [service] failure in
                NetError.cannotDial(service.host, [failure], after: time)
            }
        } else if let last = service.lastReached, let alone = dialer.fallbackDelay {
            dial(last, within: alone, dialer) { _ in nil }
        } else {
            dialAll(dialer)
        }
    }

    /// Dials one address; `error` says what a failure is, `nil` where all addresses are dialled then.
    private func dial(
        _ address: Address,
        within time: Duration,
        _ dialer: Dialer,
        error: @escaping (DialFailure) -> NetError?,
    ) {
        let number = loop.thread.nextSource()
        let connecting = Connecting(to: address, within: time, as: number, on: loop) {
            [self] connecting, failure in
            cancelDial = {}
            guard let failure else { return take(connecting, at: address) }
            guard let error = error(failure) else { return dialAll(dialer) }
            finish(error)
        }
        cancelDial = { connecting.stop() }
        connecting.begin(as: dialer)
        // Where that goes on it has its own.
        if loop[number] != nil { isHostExpected = false }
    }

    /// Dials as the dialer does it, in a task.
    private func dialAll(_ dialer: Dialer) {
        isHostExpected = true
        let task = Task { [service, number, thread = loop.thread] in
            let result: Result<DialledSocket, any Error>
            do {
                let made = try await dialer.dial(service.host) { address, time in
                    try await thread.connect(to: address, within: time, as: dialer)
                }
                result = .success(made)
            } catch {
                result = .failure(error)
            }
            thread.post { loop in
                if let carriage = loop[number] as? Carriage {
                    carriage.take(result)
                } else if case .success(let made) = result {
                    made.abort()
                }
            }
        }
        cancelDial = { task.cancel() }
    }

    private func take(_ result: Result<DialledSocket, any Error>) {
        cancelDial = {}
        switch result {
        case .success(let made):
            guard let connecting = loop[made.number] as? Connecting else { return finish() }
            service.reached(made.remoteAddress)
            take(connecting, at: made.remoteAddress)
        case .failure(let error): finish(error)
        }
    }

    private func take(_ connecting: Connecting, at address: Address) {
        guard let socket = connecting.takeSocket() else { return finish() }
        begin(socket, at: address, isPolled: connecting.isPolled)
    }
}

extension Dialer {
    /// Whether it dials an address that is a host's.
    fileprivate func admits(_ address: Address) -> Bool {
        address.family == .unix || transport.admits(address)
    }
}
