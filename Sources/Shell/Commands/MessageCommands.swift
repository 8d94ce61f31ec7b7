extension Command {
    static let messages = Command(
        "messages",
        [.optional("N")],
        summary: "list the latest messages received, 20 or N",
        details: "The latest 1,000 are kept, or as many as have 64 MiB."
    ) { session, arguments in
        let count = try arguments[optional: "N"].map { try number($0) } ?? 20
        let messages = session.log.latest(count)
        guard !messages.isEmpty else { return await session.output.result("no messages") }
        let format = session.output.messageText
        await session.output.result(messages.map(format.summary).joined(separator: "\n"))
    }

    static let show = Command(
        "show",
        [.word("N")],
        summary: "show a message received, the whole of it",
        details: "N is the message's number, or \"last\"."
    ) { session, arguments in
        let total = session.log.total
        let text = arguments[word: "N"]
        let number = text == "last" ? total : try number(text)
        guard let message = session.log[number] else {
            let received = total == 1 ? "1 was received" : "\(total) were received"
            let known = total == 0 ? "none was received" : received
            let reason = number >= 1 && number <= total ? "it is not kept any more" : known
            throw Failure(.failed, "there is no message \(text.harmless): \(reason)")
        }
        await session.output.result(
            session.output.messageText.block(message, message.datum, extent: .whole)
        )
    }

    private static func number(_ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw Failure(.usage, "\"\(text.harmless)\" is no number of a message, from 1 on")
        }
        return number
    }
}
