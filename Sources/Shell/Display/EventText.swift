import Net

extension Endpoint.Event {
    /// What the user should know of the event, in one row.
    ///
    /// - Parameter refusals: What was said of connections that are not taken, or say nothing; the
    ///   same of one address is said once.
    /// - Returns: `nil` where that is nothing.
    func diagnostic(_ refusals: Refusals) -> String? {
        switch self {
        case .accepted, .answered, .closed: nil
        case .refused(let peer, let refusal):
            once(refusals, peer, "refused: \(refusal) (\(refusal.option))")
        case .commandNotRegistered(let peer, let name):
            "\(peer) sent the command \(Harmless.quoted(name)), which is not registered; "
                + "the connection is closed"
        case .failed(let peer, let command?, let error):
            "\(peer) \(command.harmless): \(reason(error)); the connection is closed"
        case .failed(let peer, nil, NetError.idleTooLong(let limit)):
            once(refusals, peer, "closed: \(reason(NetError.idleTooLong(limit: limit)))")
        case .failed(let peer, nil, NetError.lineTooLong(let limit)):
            "\(peer): \(NetError.lineTooLong(limit: limit)); the connection is closed"
        case .failed(let peer, nil, let error):
            "\(peer): \(reason(error)); the connection is closed"
        case .acceptFailed(let error): "\(error); it is tried again (\"ulimit -n\" is the limit)"
        }
    }
}

/// What went wrong, and the option where a limit did.
private func reason(_ error: any Error) -> String {
    "\(error)".harmless + (Limits.option(of: error).map { " (\($0))" } ?? "")
}

/// A row that is shown once for each address.
private func once(_ refusals: Refusals, _ peer: Address, _ reason: String) -> String? {
    guard refusals.isNew(peer, reason) else { return nil }
    let host = peer.host.isEmpty ? "\(peer)" : peer.host
    return "a connection of \(host) is \(reason); this is said once"
}
