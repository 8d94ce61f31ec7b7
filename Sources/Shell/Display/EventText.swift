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
            "\(peer) \(command.harmless): \(Limits.words(for: error)); the connection is closed"
        case .failed(let peer, nil, NetError.idleTooLong(let limit)):
            once(refusals, peer, "closed: \(Limits.words(for: NetError.idleTooLong(limit: limit)))")
        case .failed(let peer, nil, NetError.lineTooLong(let limit)):
            "\(peer): \(NetError.lineTooLong(limit: limit)); the connection is closed"
        case .failed(let peer, nil, let error):
            "\(peer): \(Limits.words(for: error)); the connection is closed"
        case .acceptFailed(let error): "\(error); it is tried again (\"ulimit -n\" is the limit)"
        }
    }
}

extension Endpoint.Event {
    /// The peer that it is about, and the command where it is about one.
    var culprit: Culprit? {
        switch self {
        case .accepted(let peer), .refused(let peer, _): Culprit(peer: peer)
        case .answered(let peer, let command, _): Culprit(peer: peer, command: Array(command.utf8))
        case .commandNotRegistered(let peer, let name): Culprit(peer: peer, command: name)
        case .failed(let peer, let command, _):
            Culprit(peer: peer, command: command.map { Array($0.utf8) })
        case .closed(let status): Culprit(peer: status.remoteAddress)
        case .acceptFailed: nil
        }
    }
}

/// A row that is shown once for each address.
private func once(_ refusals: Refusals, _ peer: Address, _ reason: String) -> String? {
    guard refusals.isNew(peer, reason) else { return nil }
    let host = peer.host.isEmpty ? "\(peer)" : peer.host
    return "a connection of \(host) is \(reason); this is said once"
}
