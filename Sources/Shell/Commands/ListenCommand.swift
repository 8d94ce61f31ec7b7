import Net

extension Command {
    static let listen = Command(
        "listen",
        [.optional("ADDRESS")],
        summary: "say where this peer listens, or change it",
        details: """
            ADDRESS is HOST:PORT, or :PORT for every interface of this machine, so that
            others can reach it, or unix:PATH for a unix socket that this user alone
            can reach. Connections at the old address are closed.
            """,
        example: "listen :61000"
    ) { session, arguments in
        guard let address = arguments[optional: "ADDRESS"] else {
            return await session.output.result(session.whereItListens())
        }
        try await session.reception.open(.address(HostPort(listening: address)))
        let place = await session.whereItListens()
        await session.output.remark(place)
    }
}

extension Command {
    static let unlisten = Command(
        "unlisten",
        summary: "stop listening",
        details: """
            Connections that came in are closed. "listen ADDRESS" begins again.
            """
    ) { session, _ in
        let addresses = await session.reception.addresses
        guard !addresses.isEmpty else { return await session.output.result(addresses.list) }
        let closed = await session.reception.close().closedText
        await session.output.remark("no longer \(addresses.list)\(closed)")
    }
}

extension HostPort {
    /// An address to listen at, where a port of 0 stands for any that is free.
    package init(listening text: String) throws {
        try self.init(text, defaultPort: Reception.port, ports: 0...65535)
    }
}

extension Session {
    /// Where it listens and who can reach it, in one row.
    package func whereItListens() async -> String {
        let addresses = await reception.addresses
        guard let reach = addresses.reachOfListener else { return addresses.list }
        return "\(addresses.list); \(reach)"
    }

    /// What a person sees first: where it listens, who can reach it, and how to go on.
    func banner() async -> String {
        let addresses = await reception.addresses
        var place = addresses.list
        if await reception.hasYieldedPort { place += " (port \(Reception.port) is taken)" }
        let start = addresses.reachOfListener.map { $0 + "; " } ?? ""
        return "\(place)\n\(start)\"help\" says more"
    }
}

extension Int {
    /// How many connections are closed, at the end of a row.
    var closedText: String {
        switch self {
        case 0: ""
        case 1: "; 1 connection is closed"
        default: "; \(self) connections are closed"
        }
    }
}

extension [Address] {
    /// The addresses in a sentence.
    var sentence: String { map(\.description).joined(separator: " and ") }

    /// Who can reach what listens there.
    ///
    /// - Parameter command: What opens a port to all.
    /// - Returns: `nil` where nothing listens.
    func reach(_ command: (_ port: UInt16) -> String) -> String? {
        guard let port = first?.port else { return nil }
        if allSatisfy({ $0.family == .unix }) {
            return "for this user only (\"\(command(Reception.port))\" opens it to all)"
        }
        guard allSatisfy(\.isLoopback) else { return "other machines can reach it" }
        return "for this machine only (\"\(command(port))\" opens it to all)"
    }

    fileprivate var list: String { isEmpty ? "not listening" : "listening on \(sentence)" }

    fileprivate var reachOfListener: String? { reach { "listen :\($0)" } }
}
