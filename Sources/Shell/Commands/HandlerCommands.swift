import GoTypes

extension Command {
    static let on = Command(
        "on",
        [
            .word("NAME", .handler), .word("FORM", .choice(Handler.Form.names)),
            .optional("SIZE", .number), .clause("reply", .word("REPLY")), .flag("echo"),
            .clause("delay", .word("D", .duration)), .clause("every", .word("N")),
            .flag("close"), .flag("drop"),
        ],
        summary: "answer a command of peers",
        details: """
            NAME is its name line. FORM is what it brings: line, gob for a value,
            "bytes SIZE", or none. It is answered with REPLY, a text, which gets a
            line end, or hex:00ff or @FILE, which are sent as they are; with echo it
            is answered with what it brought. The answer comes after the duration D;
            close ends the connection then, drop leaves the answer out. With "every N"
            only each Nth is delayed, closed or dropped, or, where none is, answered.
            Connections that are open have the change, too.
            """,
        example: "on PING none reply pong"
    ) { session, arguments in
        session.handlers.set(try session.handler(arguments))
    }

    static let off = Command(
        "off",
        [.word("NAME", .handler)],
        summary: "answer a command no more",
        details: "A peer that sends it then is told nothing, and its connection is closed.",
        example: "off PING"
    ) { session, arguments in
        let name = arguments[word: "NAME"]
        guard !session.handlers.remove(name) else { return }
        let names = session.handlers.all.map(\.name)
        let meant = nearest(to: name, among: names).map { "did you mean \"\($0.harmless)\"?" }
        let hint = meant ?? "\"handlers\" lists what is answered"
        throw Failure(.failed, "the command \"\(name.harmless)\" is not answered; \(hint)")
    }

    static let handlers = Command(
        "handlers",
        summary: "list the commands that are answered",
        details: """
            Each as the command "on" that makes it. STRING and GOB are among them at
            the start, and STRING is answered what "set reply" says.
            """
    ) { session, _ in
        let rows = session.handlers.all.map { handler in
            guard handler.answer == .setting else { return handler.text }
            return
                "\(handler.text)  # the setting reply: \(Harmless.quoted(session.settings.reply))"
        }
        let text = rows.isEmpty ? "no command is answered" : rows.joined(separator: "\n")
        await session.output.longResult(text)
    }
}

extension Session {
    /// The row that the words of `on` describe.
    fileprivate func handler(_ arguments: Arguments) throws -> Handler {
        var handler = Handler(
            name: try wireName(arguments[word: "NAME"]),
            form: try form(arguments)
        )
        handler.answer = try answer(arguments)
        handler.delay = try arguments[optional: "D"].map { word in
            guard let delay = Duration(text: word) else {
                throw Failure(.usage, "delay takes a duration, as 300ms, not \"\(word.shown)\"")
            }
            return delay
        }
        handler.every = try arguments[optional: "N"].map {
            try number($0, in: 1...Int.max, "every takes a number, from 1 on")
        }
        handler.closes = arguments[flag: "close"]
        handler.drops = arguments[flag: "drop"]
        if handler.drops, handler.answer != .nothing, handler.every == nil {
            throw Failure(.usage, "drop leaves out the answer; with \"every N\" only some of them")
        }
        return handler
    }

    private func wireName(_ name: String) throws -> String {
        let bytes = Array(name.utf8)
        let isLine = (1...256).contains(bytes.count) && !bytes.contains(lineEnd)
        guard isLine, Handler.name(ofLine: bytes) == bytes else {
            let reason = "it has 1 to 256 bytes on one line, and no space at its ends"
            throw Failure(.usage, "\"\(name.shown)\" is no name of a command: \(reason)")
        }
        return name
    }

    private func form(_ arguments: Arguments) throws -> Handler.Form {
        let word = arguments[word: "FORM"]
        let size = arguments[optional: "SIZE"]
        if word == "bytes" {
            guard let size else {
                throw Failure(.usage, "SIZE is missing: how many bytes follow the name")
            }
            let range = 1...limits.maxMessage
            let wanted = "bytes takes a number, from 1 to \(limits.maxMessage) (--max-message)"
            return .bytes(try number(size, in: range, wanted))
        }
        if let size { throw Failure(.usage, "\"\(size.shown)\" is too much after \(word)") }
        switch word {
        case "line": return .line
        case "gob": return .gob
        case "none": return .nothing
        default:
            let meant = nearest(to: word, among: Handler.Form.names)
            let hint = meant.map { "; did you mean \"\($0)\"?" } ?? ""
            throw Failure(
                .usage,
                "a command brings line, gob, bytes or none, not \"\(word.shown)\"\(hint)"
            )
        }
    }

    private func answer(_ arguments: Arguments) throws -> Handler.Answer {
        guard let word = arguments[optional: "REPLY"] else {
            return arguments[flag: "echo"] ? .input : .nothing
        }
        guard !arguments[flag: "echo"] else {
            throw Failure(.usage, "a command is answered with reply or with echo, not with both")
        }
        switch try RawBytes(word, home: home) {
        case .text(let text): return .line(text)
        case .exact(let bytes): return .bytes(bytes, word: word)
        }
    }

    private func number(_ word: String, in range: ClosedRange<Int>, _ wants: String) throws -> Int {
        guard let number = Int(word), range.contains(number) else {
            throw Failure(.usage, "\(wants), not \"\(word.shown)\"")
        }
        return number
    }
}

extension Handler.Form {
    /// The words for what a command brings.
    fileprivate static let names = ["line", "gob", "bytes", "none"]
}
