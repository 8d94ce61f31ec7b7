import Net

extension Command {
    static let alias = Command(
        "alias",
        [.optional("NAME"), .optional("HOST", .host)],
        summary: "give a host a name, or list the names",
        details: """
            NAME can be given for HOST from then on, in every command. It is one word
            without ":", and none of "." and "localhost".
            """,
        example: "alias bob 192.168.1.7:61001"
    ) { session, arguments in
        let peers = session.peers
        guard let name = arguments[optional: "NAME"] else {
            let rows = peers.aliases.map { "\($0.name) \($0.host)" }
            return await session.output.result(
                rows.isEmpty ? "no aliases" : rows.joined(separator: "\n")
            )
        }
        guard let word = arguments[optional: "HOST"] else {
            guard let host = peers.aliases.first(where: { $0.name == name })?.host else {
                throw unknownAlias(name, session)
            }
            return await session.output.result("\(name) \(host)")
        }
        let isName = !name.isEmpty && !name.contains { ":[]/".contains($0) || $0.isWhitespace }
        guard isName, name != ".", name != "localhost", name.harmless == name else {
            let reason = "an alias is one word without \":\", and none of \".\" and \"localhost\""
            throw Failure(.usage, "\"\(name.harmless)\" is no name for a host: \(reason)")
        }
        peers.setAlias(name, try peers.host(word))
    }

    static let unalias = Command(
        "unalias",
        [.word("NAME", .alias)],
        summary: "take a name back",
        example: "unalias bob"
    ) { session, arguments in
        let name = arguments[word: "NAME"]
        guard session.peers.aliases.contains(where: { $0.name == name }) else {
            throw unknownAlias(name, session)
        }
        session.peers.setAlias(name, nil)
    }

    static let connect = Command(
        "connect",
        [.word("HOST", .host)],
        summary: "hold a connection open, for \".\"",
        details: """
            Every send to "." goes over this one connection. Where the peer closes it,
            that is said, and the next send makes it again.
            """,
        example: "connect localhost"
    ) { session, arguments in
        let word = arguments[word: "HOST"]
        let start = ContinuousClock.now
        let link = try session.peers.link(word)
        try await link.open(session.dialer)
        let time = ContinuousClock.now - start
        session.peers.sawHost(word)
        if let before = session.peers.join(link) { try await session.leave(before) }
        let address = await link.address.map { "\($0)" } ?? word
        await session.output.remark("connected to \(address) (\(time.text))")
    }

    static let disconnect = Command(
        "disconnect",
        summary: "close the connection that \"connect\" made"
    ) { session, _ in
        guard let link = session.peers.join(nil) else {
            throw Failure(.failed, "no peer is in use: \"connect HOST\" joins one")
        }
        try await session.leave(link)
    }

    static let reply = Command(
        "reply",
        [.text("TEXT")],
        summary: "send a line to the peer last heard from",
        details: """
            It goes to the address that the last message came from: to the peer in use
            ("."), an alias or a host spoken with there, else to port 61000. TEXT is
            as in "send string". Where it went is said with the reply.
            """,
        example: "reply Thank you, too."
    ) { session, arguments in
        let text = arguments[text: "TEXT"]
        try session.checkText(text)
        let word = try await session.hostToReply()
        await session.output.remark("to \(word.harmless):")
        try await session.sendString(text, to: word)
    }

    static let retry = Command(
        "retry",
        summary: "send again what did not get to its peer",
        details: """
            Lines of "send string", "reply" and chats that failed are kept, with the
            host that they were for, the oldest first; the first that fails again ends
            it, and all that are left stay kept. A line whose reply did not come may
            have been received: it is sent again all the same.
            """
    ) { session, _ in
        var unsent = session.peers.takeUnsent()[...]
        guard !unsent.isEmpty else { throw Failure(.failed, "nothing is left to be sent") }
        defer { unsent.forEach(session.peers.keep) }
        while let next = unsent.first {
            let reply = try await session.sendAgain(next)
            unsent.removeFirst()
            await session.output.remark(session.output.reply(reply))
        }
    }

    static let chat = Command(
        "chat",
        [.word("HOST", .host)],
        summary: "send every line to HOST, until \"/leave\"",
        details: """
            Each line is sent as a STRING, as it is typed, over one connection that is
            kept. "/COMMAND" runs a command, "//…" sends a line that begins with a
            slash, "/leave" or Ctrl-D leaves. A line that cannot be sent is kept:
            "/retry" sends it again.
            """,
        example: "chat localhost"
    ) { session, arguments in
        try await session.beginChat(with: arguments[word: "HOST"])
    }
}

private func unknownAlias(_ name: String, _ session: Session) -> Failure {
    let names = session.peers.aliases.map(\.name)
    let hint = names.isEmpty ? "there are none" : "there are \(names.joined(separator: ", "))"
    return Failure(.failed, "there is no alias \"\(name.harmless)\"; \(hint)")
}

extension Session {
    /// The word for the peer that sent the last message.
    ///
    /// The port that a message comes from is not one where its sender listens.
    ///
    /// - Throws: ``Failure`` where there is none.
    fileprivate func hostToReply() async throws -> String {
        guard let heard = peers.lastHeard else {
            throw Failure(.failed, "no message has come yet that could be replied to")
        }
        guard heard.family != .unix else {
            throw Failure(
                .failed,
                "the last message came over a unix socket, which does not say where its sender "
                    + "listens; \"send string unix:PATH TEXT\" sends to one that is known"
            )
        }
        if await peers.joined?.address?.host == heard.host { return "." }
        let known = peers.knownHosts.filter { $0 != "." }
        for word in known {
            guard case .tcp(let host, _) = try? peers.host(word) else { continue }
            let isThisMachine = heard.isLoopback && ["", "localhost"].contains(host)
            if host == heard.host || isThisMachine { return word }
        }
        let own = await reception.addresses
        guard !own.contains(where: { $0.host == heard.host && $0.port == Reception.port }) else {
            throw Failure(
                .failed,
                "where the peer at \(heard.host) listens is not known, and port \(Reception.port) "
                    + "there is this program's; \"alias NAME :PORT\" names it"
            )
        }
        return "\(HostPort.tcp(host: heard.host, port: Reception.port))"
    }
}
