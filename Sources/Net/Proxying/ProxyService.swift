private import Synchronization

/// What the loops of one proxy have in common.
final class ProxyService: Sendable {
    private struct State {
        var admission: Admission
        var reports = AcceptReports()
        /// The address of the host that was reached last, and when.
        var reached: (address: Address, time: ContinuousClock.Instant)?
    }

    /// How long a host is tried first at the address where it was reached.
    private static let memory = Duration.seconds(1)

    let host: HostPort
    /// The only address of the host, where it has one for which nothing is looked up.
    let onlyAddress: Address?
    /// How long nothing may go either way on a connection; `nil` where that may be for ever.
    let silence: Duration?
    let network: Network
    let dialer: @Sendable () -> Dialer
    let onEvent: @Sendable (Endpoint.Event) -> Void
    let witness: @Sendable (Proxy.Ends) -> Proxy.Witness?
    private let state: Mutex<State>

    init(
        to host: HostPort,
        _ limits: Listener.Configuration,
        silence: Duration?,
        _ network: Network,
        _ dialer: @escaping @Sendable () -> Dialer,
        onEvent: @escaping @Sendable (Endpoint.Event) -> Void,
        witness: @escaping @Sendable (Proxy.Ends) -> Proxy.Witness?,
    ) {
        self.host = host
        onlyAddress = host.knownAddresses.flatMap { $0.count == 1 ? $0.first : nil }
        self.silence = silence
        self.network = network
        self.dialer = dialer
        self.onEvent = onEvent
        self.witness = witness
        state = Mutex(State(admission: Admission(limits)))
    }

    /// Counts a connection, and tells of it.
    ///
    /// - Returns: false where it is not to be taken.
    func admit(_ peer: Address) -> Bool {
        do {
            try state.withLock { state throws(Refusal) in try state.admission.admit(peer) }
            onEvent(.accepted(peer))
            return true
        } catch {
            onEvent(.refused(peer: peer, error))
            return false
        }
    }

    /// A connection that was counted is closed.
    func release(_ status: Conn.Status) {
        state.withLock { $0.admission.release(status.remoteAddress) }
        onEvent(.closed(status))
    }

    /// Tells that connections could not be accepted for a moment.
    func cannotAccept(_ cause: Cause) {
        guard state.withLock({ $0.reports.areDue() }) else { return }
        onEvent(.acceptFailed(.cannotAccept(cause: cause)))
    }

    /// Where a host of several addresses is tried first, alone: where it was reached a moment ago.
    var lastReached: Address? {
        state.withLock { state in
            guard let (address, time) = state.reached, .now < time + Self.memory else { return nil }
            return address
        }
    }

    /// Takes note of where the host was reached, after its name was looked up.
    func reached(_ address: Address) {
        state.withLock { $0.reached = (address, .now) }
    }
}
