import Logging
import Net

extension Logger {
    /// Logs what happens to the connections of peers.
    func note(_ event: Endpoint.Event) {
        switch event {
        case .accepted(let peer): debug("accepted", metadata: ["peer": "\(peer)"])
        case .refused(let peer, let refusal):
            debug("refused", metadata: ["peer": "\(peer)", "reason": "\(refusal)"])
        case .answered(let peer, let command, let duration):
            let details: Metadata = ["peer": "\(peer)", "time": "\(duration.word)"]
            debug("answered \(command)", metadata: details)
        case .commandNotRegistered(let peer, let name):
            let command = "\(Harmless.quoted(name))"
            debug("not registered", metadata: ["peer": "\(peer)", "command": "\(command)"])
        case .failed(let peer, let command, let error):
            let what = command.map { "failed \($0)" } ?? "failed"
            debug("\(what)", metadata: ["peer": "\(peer)", "reason": "\(error)"])
        case .closed(let status): debug("closed", metadata: details(of: status))
        case .acceptFailed(let error): debug("not accepted", metadata: ["reason": "\(error)"])
        }
    }

    /// Logs what happens in dials.
    func note(_ event: Dialer.Event) {
        switch event {
        case .planned(let host, let plan, let duration):
            let addresses = (plan.first + plan.fallback).map(\.description)
            debug(
                "dialling \(host)",
                metadata: [
                    "addresses": "\(addresses.joined(separator: ","))", "time": "\(duration.word)",
                ]
            )
        case .started(let address): debug("trying", metadata: ["address": "\(address)"])
        case .connected(let address, let local, let duration):
            debug(
                "connected",
                metadata: [
                    "address": "\(address)", "local": "\(local)",
                    "time": "\(duration.word)",
                ]
            )
        case .failed(let failure, let duration):
            debug(
                "not connected",
                metadata: [
                    "address": "\(failure.address)", "reason": "\(failure.cause)",
                    "time": "\(duration.word)",
                ]
            )
        case .givenUp(let address, let duration):
            debug("given up", metadata: ["address": "\(address)", "time": "\(duration.word)"])
        }
    }

    private func details(of status: Conn.Status) -> Metadata {
        [
            "peer": "\(status.remoteAddress)", "received": "\(status.bytesReceived)",
            "sent": "\(status.bytesSent)", "commands": "\(status.messages)",
            "time": "\((ContinuousClock.now - status.opened).word)",
        ]
    }
}
