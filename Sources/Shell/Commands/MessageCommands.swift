extension Command {
    static let messages = Command(
        "messages",
        [.optional("N")],
        summary: "list the latest messages received, 20 or N",
        details: "The latest 1,000 are kept, or as many as have 64 MiB.",
        example: "messages 100"
    ) { session, arguments in
        let count = try arguments.count("N", of: "messages") ?? 20
        let messages = session.log.latest(count)
        guard !messages.isEmpty else { return await session.output.result("no messages") }
        let format = session.messageText
        let rows = messages.map { message in
            // What is long is not decoded only for its type.
            let isShort = message.size <= 64 << 10
            return format.summary(message, isShort ? message.datum(session.cache) : nil)
        }
        await session.output.result(rows.joined(separator: "\n"))
    }

    static let show = Command(
        "show",
        [.optional("N", .messageNumber)],
        summary: "show a message received, the whole of it",
        details: """
            N is the message's number, or the word last, the latest one; so is none.
            What is taller than the screen is shown with the program that PAGER names,
            else "less"; messages wait.
            """,
        example: "show last"
    ) { session, arguments in
        let word = arguments[optional: "N"] ?? String.lastMessage
        let message = try arguments.checking("N") { try session.message(word) }
        let datum = message.datum(session.cache)
        await session.output.longResult(
            session.messageText.block(message, datum, extent: .whole)
        )
    }
}

extension Session {
    /// The message of a number, or the `last` one.
    func message(_ text: String) throws -> Message {
        let total = log.total
        let number = text == String.lastMessage ? total : try number(text)
        guard let message = log[number] else {
            let received = total == 1 ? "1 was received" : "\(total) were received"
            let known = total == 0 ? "none was received" : received
            let reason = number >= 1 && number <= total ? "it is not kept any more" : known
            throw Failure(.failed, "there is no message \(text.harmless): \(reason)")
        }
        return message
    }
}

private func number(_ text: String) throws -> Int {
    guard let number = Int(text), number > 0 else {
        throw Failure(.usage, "\"\(text.harmless)\" is no number of a message, from 1 on")
    }
    return number
}

extension String {
    /// The word that stands for the number of the latest message.
    static let lastMessage = "last"

    /// Whether it is the number of a message, or the `last` one, and no path.
    var isMessageNumber: Bool {
        self == Self.lastMessage
            || !isEmpty && utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
}
