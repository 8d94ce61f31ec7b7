/// What a dial tries, and when.
public struct DialPlan: Sendable, Equatable {
    /// The addresses that are tried at once, one after another.
    public let first: [Address]
    /// Those of the other family, which are tried, one after another, beside the first ones when the
    /// delay is over, or at once when those have failed; empty where there is no such race.
    public let fallback: [Address]
    /// How long the first ones are alone.
    public let fallbackDelay: Duration

    /// The plan for addresses in the order in which they were found.
    init(_ addresses: [Address], fallbackDelay: Duration?) {
        self.fallbackDelay = fallbackDelay ?? .zero
        guard fallbackDelay != nil, let family = addresses.first?.family else {
            first = addresses
            fallback = []
            return
        }
        first = addresses.filter { $0.family == family }
        fallback = addresses.filter { $0.family != family }
    }
}

extension Dialer {
    /// What a dial of the host would try now; a name is looked up for it, within the dial's time.
    ///
    /// - Throws: `NetError.cannotResolve`, `cannotDial` where none of the addresses can be reached
    ///   from the local address, or `CancellationError`.
    public func plan(for host: HostPort) async throws -> DialPlan {
        try await plan(for: host, DialTime(self))
    }

    func plan(for host: HostPort, _ time: DialTime) async throws -> DialPlan {
        let found = try await addresses(of: host, time)
        guard let localAddress else { return DialPlan(found, fallbackDelay: fallbackDelay) }
        let addresses = found.filter { [localAddress.family, .unix].contains($0.family) }
        guard !addresses.isEmpty else {
            let cause = Cause.otherFamily(thanLocal: localAddress)
            throw NetError.cannotDial(host: "\(host)", cause: cause)
        }
        return DialPlan(addresses, fallbackDelay: fallbackDelay)
    }

    private func addresses(of host: HostPort, _ time: DialTime) async throws -> [Address] {
        guard host.knownAddresses == nil else {
            return try await Address.resolve(host, over: transport)
        }
        return try await withThrowingTaskGroup(of: [Address].self) { group in
            group.addTask {
                do {
                    return try await Address.resolve(host, over: transport, with: resolver)
                } catch let error as NetError {
                    throw error
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    throw NetError.cannotResolve(host: host.name, reason: "\(error)")
                }
            }
            group.addTask {
                try await Task.sleep(until: time.end, clock: .continuous)
                let reason = "\(Cause.timedOut(after: time.total))"
                throw NetError.cannotResolve(host: host.name, reason: reason)
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }
}

extension HostPort {
    /// What is looked up.
    fileprivate var name: String {
        switch self {
        case .tcp(let host, _): host
        case .unix(let path): path
        }
    }
}
