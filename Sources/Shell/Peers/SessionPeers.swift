import LineEditing
import Net

/// What a session does with its peers.
extension Session {
    /// Has a conversation with the peer that a word means: on the connection that is held for `.`, else
    /// on one of its own, which is closed afterwards.
    ///
    /// - Throws: ``Failure``, `NetError`; what `body` throws.
    func converse<Result: Sendable>(
        with word: String,
        _ body: @Sendable (Conversation) async throws -> Result,
    ) async throws -> Result {
        switch try peers.meaning(of: word) {
        case .link(let link): return try await converse(on: link, body)
        case .host(let host):
            let result = try await converse(with: host, body)
            peers.sawHost(word)
            return result
        }
    }

    /// Has a conversation with the peer that a word means, as `converse` does, that is the last on its
    /// connection, also where that is held.
    ///
    /// - Throws: ``Failure``, `NetError`; what `body` throws.
    func converseLast<Result: Sendable>(
        with word: String,
        _ body: @Sendable (Conversation) async throws -> Result,
    ) async throws -> Result {
        guard case .link(let link) = try peers.meaning(of: word) else {
            return try await converse(with: word, body)
        }
        return try await link.converseLast(dialer) { conn, host in
            try await body(conversation(with: host, on: conn, link))
        }
    }

    /// Has a conversation on a connection of its own, which is closed afterwards.
    func converse<Result: Sendable>(
        with host: HostPort,
        _ body: @Sendable (Conversation) async throws -> Result,
    ) async throws -> Result {
        try await dialer.withConn(host) { conn in
            try await body(conversation(with: host, on: conn, nil))
        }
    }

    /// Has a conversation on a connection that is held.
    func converse<Result: Sendable>(
        on link: Link,
        _ body: @Sendable (Conversation) async throws -> Result,
    ) async throws -> Result {
        try await link.converse(dialer) { conn, host in
            try await body(conversation(with: host, on: conn, link))
        }
    }

    /// Ends a connection that was held, when its peer has read what has no reply.
    ///
    /// - Throws: ``Failure`` where the peer breaks it instead.
    func leave(_ link: Link) async throws {
        guard !link.isAnswered else { return await link.close() }
        try await link.finish { conn, host in
            try await conversation(with: host, on: conn, nil).finish()
        }
    }

    private func conversation(
        with host: HostPort,
        on conn: Conn,
        _ link: Link?,
    ) -> Conversation {
        Conversation(
            host: host,
            conn: conn,
            timeout: settings.timeout,
            arrivals: arrivals,
            statistics: statistics,
            link: link,
            unasked: { [output] said in output.notice(said.unasked(by: "\(host)")) },
            // Nobody is told how far a long transfer is where there is no screen.
            progress: output.columns == nil ? nil : output.notice,
            report: output.tellsEvents ? tell : nil
        )
    }

    /// Runs a line as it was typed or read: a command, or in a chat what it says.
    ///
    /// - Throws: ``Failure``.
    package func take(_ line: [UInt8]) async throws {
        guard let chat = peers.chat else { return try await run(Words(line: line)) }
        switch Chat.Line(line) {
        case .nothing: return
        case .leave: await leaveChat()
        case .command(let words): try await run(Words(line: words))
        case .text(let text):
            try checkText(text)
            guard !isInteractive else { return chat.send(text) }
            // A script goes on when a line was answered, and stops where it was not.
            let reply = try await failing {
                try await settle()
                return try await converse(on: chat.link) { try await $0.sendString(text) }
            }
            await output.remark(output.reply(reply))
        }
    }

    /// Does something, and throws what goes wrong as a ``Failure``.
    private func failing<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch { throw Failure(error) }
    }

    /// Begins a chat with the peer that a word means, whose connection is made first.
    func beginChat(with word: String) async throws {
        let chat: Chat
        switch try peers.meaning(of: word) {
        case .link(let link): chat = Chat(link: link, ownsLink: false)
        case .host: chat = Chat(link: try peers.link(word), ownsLink: true)
        }
        try await chat.link.open(dialer)
        peers.sawHost(word)
        await leaveChat()
        peers.setChat(chat)
        peers.start { [self] in
            await chat.deliver { text in await self.deliver(text, in: chat) }
        }
    }

    /// Ends the chat, when what was typed is sent.
    ///
    /// A task that is cancelled does not wait: what is not sent yet is kept then.
    package func leaveChat() async {
        guard let chat = peers.chat else { return }
        await chat.waitUntilSent()
        if Task.isCancelled { chat.giveUp() }
        chat.end()
        peers.setChat(nil)
        // The line that is on its way still has its time.
        if chat.ownsLink { peers.start { await chat.link.close() } }
        if let rest = unsentText { output.notice("\(rest); \"retry\" sends it again") }
    }

    /// What was not sent, in words; `nil` where everything was.
    package var unsentText: String? {
        // Of a chat that was cut off some may not have had their turn.
        switch peers.unsentCount + (peers.chat?.unfinishedCount ?? 0) {
        case 0: nil
        case 1: "one line was not sent"
        case let count: "\(count) lines were not sent"
        }
    }

    private func deliver(_ text: [UInt8], in chat: Chat) async {
        guard !chat.isGivenUp else {
            return peers.keep(.init(host: chat.link.host, text: text))
        }
        do {
            let reply = try await converse(on: chat.link) {
                try await $0.sendString(text)
            }
            let isThanks = reply.text == Array("Thank you.".utf8)
            let row = isThanks ? "sent (\(reply.time.text))" : output.reply(reply)
            output.notice(output.diagnosticStyle.paint("  \(row)", as: .dim))
        } catch {
            peers.keep(.init(host: chat.link.host, text: text))
            // The program ends: nothing can be sent again, and what was not is counted.
            if Task.isCancelled { return }
            let start = Harmless.text(text.textPrefix(20)) + (text.count > 20 ? "…" : "")
            let row = "\"\(start)\" failed: \(Failure(error)); \"/retry\" sends it again"
            output.diagnostic(row)
        }
    }
}

extension Session {
    /// What stands before the line that is typed.
    var prompt: LineEditor.Prompt {
        let text =
            if let chat = peers.chat {
                "\(chat.link.name.harmless)> "
            } else if let joined = peers.joined {
                "gobtalk \(joined.name.harmless)> "
            } else {
                "gobtalk> "
            }
        return LineEditor.Prompt(text, isColored: output.style.isColored)
    }
}
