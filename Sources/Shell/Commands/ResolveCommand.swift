import Net

extension Command {
    static let resolve = Command(
        "resolve",
        [
            .optional("tcp|tcp4|tcp6", .choice(Transport.allCases.map(\.rawValue))),
            .word("HOST", .host),
        ],
        summary: "show the addresses that a dial would try",
        details: """
            The addresses of HOST in the order in which they are tried, one a row. Where
            they are IPv6 and IPv4, those of the family that is not the first address's
            are tried beside it a while later, or when it fails; "set fallback-delay"
            says how much later. tcp4 and tcp6 show one family.
            """,
        example: "resolve localhost"
    ) { session, arguments in
        var dialer = session.dialer
        if let name = arguments[optional: "tcp|tcp4|tcp6"],
            let transport = Transport(rawValue: name)
        {
            dialer.transport = transport
        }
        let host = try session.peers.host(arguments[word: "HOST"])
        await session.output.result(try await dialer.plan(for: host).rows)
    }
}

extension DialPlan {
    /// The addresses in order, a row each; those that are tried later say when.
    fileprivate var rows: String {
        let width = fallback.map { "\($0)".count }.max() ?? 0
        let later = fallback.map { address in
            let space = String(repeating: " ", count: width - "\(address)".count + 2)
            return "\(address)\(space)fallback, after \(fallbackDelay.text)"
        }
        return (first.map(\.description) + later).joined(separator: "\n")
    }
}
