extension Dialer {
    /// What happens in a dial.
    public enum Event: Sendable {
        /// The host's addresses were found, and are tried as the plan says.
        case planned(HostPort, DialPlan, in: Duration)
        /// The address is tried.
        case started(Address)
        /// The connection to the address is made, from the other; how long its own attempt took.
        case connected(Address, from: Address, in: Duration)
        /// The address could not be connected to; how long it was tried.
        case failed(DialFailure, in: Duration)
        /// The address is no longer tried: another one was faster, or the dial was cancelled.
        case givenUp(Address, in: Duration)
    }

    /// Connects to one address, and tells what becomes of it.
    func connectTelling<Connection: Dialled>(
        to address: Address,
        within time: Duration,
        _ connector: Connector<Connection>,
    ) async throws -> Connection {
        guard let onEvent else { return try await connector(address, time) }
        let start = ContinuousClock.now
        onEvent(.started(address))
        do {
            let connection = try await connector(address, time)
            onEvent(.connected(address, from: connection.localAddress, in: .now - start))
            return connection
        } catch {
            let failure = error as? DialFailure
            let duration = ContinuousClock.now - start
            onEvent(failure.map { .failed($0, in: duration) } ?? .givenUp(address, in: duration))
            throw error
        }
    }
}
