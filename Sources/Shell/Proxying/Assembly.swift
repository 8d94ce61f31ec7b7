import Gob

/// Puts together what is said in a conversation, from pieces of any size: commands, the replies to
/// them, and bytes that are neither.
///
/// A command that is not known, and all that follows it, is bytes; so is what is longer than the
/// listener would take. In what is neither a command nor a line of an answer, values of gob streams are
/// told apart.
///
/// The same bytes make the same messages, whatever pieces they come in.
struct Assembly: Sendable {
    private let limits: Limits
    private var commands = CommandCutter()
    private var unanswered = Unanswered()
    /// What has come of the present command.
    private var command: [UInt8] = []
    /// How much of it is kept together; `nil` where the rest of it passes as bytes.
    private var commandLimit: Int?
    /// What has come of a reply.
    private var reply: [UInt8] = []
    /// Whether the rest of its line passes as bytes.
    private var isReplyTooLong = false
    /// What the client says besides commands.
    private var request: Gathering
    /// What the host says besides lines.
    private var answer: Gathering

    /// At the beginning of a conversation.
    init(_ limits: Limits, _ cache: GobTypeCache) {
        self.limits = limits
        request = Gathering(from: .client, cache)
        answer = Gathering(from: .server, cache)
    }

    /// How many bytes are kept, because what they belong to is not whole.
    var size: Int { command.count + reply.count + request.size + answer.size }

    /// Whether there are bytes that ``pause()`` returns.
    var isWaiting: Bool { request.isWaiting || answer.isWaiting }

    /// Takes what is said next.
    ///
    /// - Parameters:
    ///   - bytes: What comes after all before, of that side.
    ///   - speaker: Who says it.
    ///   - room: How much may be kept.
    ///   - handler: What is known of a command by its name.
    /// - Returns: What is whole now, in order.
    mutating func take(
        _ bytes: [UInt8],
        from speaker: Annotator.Speaker,
        room: Int,
        handler: (String) -> Handler?,
    ) -> [Heard] {
        switch speaker {
        case .client: answer.pause() + takeCommands(bytes, room, handler)
        case .server: request.pause() + takeReplies(bytes, room)
        }
    }

    /// What there is of bytes, since nothing follows them for a while.
    mutating func pause() -> [Heard] { request.pause() + answer.pause() }

    /// What is left of both sides at the end.
    mutating func end() -> [Heard] {
        defer { (command, reply) = ([], []) }
        let rests = [(command, Annotator.Speaker.client), (reply, .server)]
        return request.end() + answer.end()
            + rests.filter { !$0.0.isEmpty }.map { Heard(bytes: $0.0, of: "", from: $0.1) }
    }

    private mutating func takeCommands(
        _ bytes: [UInt8],
        _ room: Int,
        _ handler: (String) -> Handler?,
    ) -> [Heard] {
        var heard: [Heard] = []
        for part in commands.parts(of: bytes, form: { handler($0)?.form }) {
            let name = part.piece.command
            let known = name.flatMap(handler)
            command += part.piece.bytes
            switch part.kind {
            case .name:
                if part.isEnded { unanswered.add(part.piece, handler) }
                if part.isEnded {
                    commandLimit = known.map { limit(of: $0.form) }
                } else if part.isBegun {
                    commandLimit = limits.maxLine
                }
            case .unknown: commandLimit = nil
            case .line, .bytes, .message: break
            }
            if let commandLimit, command.count > min(commandLimit, room) { self.commandLimit = nil }
            if commandLimit == nil {
                // What was to be a command that is known is no value.
                if known != nil { heard += request.close() }
                heard += request.take(command, of: name, room)
                command = []
            } else if part.endsCommand, let name, let known {
                heard += request.end()
                heard.append(whole(name, known.form))
            }
        }
        return heard
    }

    /// How long a command of a form may be, its name line included.
    private func limit(of form: Handler.Form) -> Int {
        switch form {
        case .line: limits.maxLine + CommandCutter.nameLimit + 2
        case .gob: 2 * limits.maxMessage
        case .bytes, .nothing: .max
        }
    }

    private mutating func whole(_ name: String, _ form: Handler.Form) -> Heard {
        let start = command.firstIndex(of: lineEnd).map { $0 + 1 } ?? command.endIndex
        let data = Array(command[start...])
        command = []
        let received =
            switch form {
            case .line: CommandData.line(Array(data[..<(data.count - 1)])).received(name)
            // What it holds is looked at when it is shown.
            case .gob: Received(command: name, content: .gob(data))
            case .bytes, .nothing: CommandData.bytes(data).received(name)
            }
        return Heard(speaker: .client, role: .command, received: received)
    }

    private mutating func takeReplies(_ bytes: [UInt8], _ room: Int) -> [Heard] {
        var heard: [Heard] = []
        for line in bytes.lines {
            var rest = line
            while !rest.isEmpty { rest = takeReply(rest, room, &heard) }
        }
        return heard
    }

    /// Takes a line, or a part of one.
    ///
    /// - Returns: What follows a value that ends in it.
    private mutating func takeReply(
        _ line: [UInt8],
        _ room: Int,
        _ heard: inout [Heard],
    ) -> [UInt8] {
        let isEnded = line.last == lineEnd
        let label = unanswered.next(isEnded: false)
        guard label.isLine, !answer.isInsideValue else {
            let command = label.isLine ? nil : label.command
            let (value, rest) = answer.takeValue(line, of: command, room, &heard)
            if let value { heard.append(value) }
            if !label.isLine, value != nil || isEnded && !answer.isInsideValue {
                _ = unanswered.next(isEnded: true)
            }
            return rest
        }
        reply += line
        if isReplyTooLong || reply.count > min(limits.maxLine, room) {
            isReplyTooLong = !isEnded
            heard += answer.close() + answer.take(reply, of: label.command, room)
            reply = []
        } else if isEnded {
            heard += answer.end()
            let line = CommandData.line(Array(reply[..<(reply.count - 1)]))
            let received = line.received(label.command ?? "")
            heard.append(Heard(speaker: .server, role: .reply, received: received))
            reply = []
        }
        if isEnded { _ = unanswered.next(isEnded: true) }
        return []
    }
}
