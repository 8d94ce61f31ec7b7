import Net

extension Command {
    static let proxy = Command(
        "proxy",
        [.optional("ADDRESS"), .optional("HOST", .host)],
        summary: "carry connections at ADDRESS to HOST, and show it",
        details: """
            Everything goes to HOST and back unchanged, and is shown as messages, with
            both ends: commands, replies, and as bytes what is neither. "record" keeps
            all of it. ADDRESS is as for "listen". Several may run at once; without
            ADDRESS and HOST they are listed. "unproxy" ends them. As the command of
            the program, it runs until it is interrupted.
            """,
        example: "proxy localhost:7000 localhost:61000"
    ) { session, arguments in
        guard let address = arguments[optional: "ADDRESS"] else {
            return await session.output.result(session.proxyRows())
        }
        guard let word = arguments[optional: "HOST"] else {
            throw Failure(.usage, "proxy: HOST is missing: proxy \(address.harmless) HOST")
        }
        let host = try session.peers.host(word)
        let proxy = try await session.proxies.open(HostPort(listening: address), to: host)
        session.peers.sawHost(word)
        let reach = proxy.addresses.reach { "proxy :\($0) \(word.commandWord)" }
        await session.output.remark([proxy.row, reach].compactMap(\.self).joined(separator: "; "))
    }

    static let unproxy = Command(
        "unproxy",
        [.optional("ADDRESS", .proxy)],
        summary: "end the proxy at ADDRESS, or all of them",
        details: """
            Its connections are closed, at both ends. ADDRESS is one at which it
            listens, as "proxy" shows it.
            """,
        example: "unproxy localhost:7000"
    ) { session, arguments in
        let wanted = try session.proxies.running.at(arguments[optional: "ADDRESS"])
        guard !wanted.isEmpty else { return await session.output.result("no proxy runs") }
        for proxy in wanted {
            let closed = await session.proxies.close(proxy).closedText
            await session.output.remark("no longer \(proxy.row)\(closed)")
        }
    }
}

extension Session {
    /// The proxies that run, a row each.
    fileprivate func proxyRows() async -> String {
        var rows: [String] = []
        for proxy in proxies.running {
            let count = await proxy.connections().count
            rows.append("\(proxy.row), \(counted(count, "connection"))")
        }
        return rows.isEmpty ? "no proxy runs" : rows.joined(separator: "\n")
    }
}

extension Proxy {
    /// What it does, in one row.
    fileprivate var row: String { "carrying \(addresses.sentence) to \("\(host)".harmless)" }
}

extension [Proxy] {
    /// The one that listens at an address, or all of them.
    fileprivate func at(_ address: String?) throws -> [Proxy] {
        guard let address else { return self }
        let wanted = try HostPort(listening: address)
        let found = filter { proxy in
            proxy.address == wanted || proxy.addresses.contains { "\($0)" == "\(wanted)" }
        }
        guard !found.isEmpty else {
            throw Failure(.failed, "no proxy listens at \(address.harmless); \"proxy\" lists them")
        }
        return found
    }
}
