/// Puts together what is said in a conversation, from pieces of any size: commands, the replies to
/// them, and bytes that are neither.
///
/// A command that is not known, and all that follows it, is bytes; so is what is longer than the
/// listener would take, from where it becomes so.
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

    /// At the beginning of a conversation.
    init(_ limits: Limits) {
        self.limits = limits
    }

    /// How many bytes are kept, because what they belong to is not whole.
    var size: Int { command.count + reply.count }

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
        case .client: takeCommands(bytes, room, handler)
        case .server: takeReplies(bytes, min(limits.maxLine, room))
        }
    }

    /// What is left of both sides at the end.
    mutating func end() -> [Heard] {
        defer { (command, reply) = ([], []) }
        let rests = [(command, Annotator.Speaker.client), (reply, .server)]
        return rests.filter { !$0.0.isEmpty }.map { Heard(bytes: $0.0, of: nil, from: $0.1) }
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
                commandLimit = part.isEnded ? known.map { limit(of: $0.form) } : limits.maxLine
            case .unknown: commandLimit = nil
            case .line, .bytes, .message: break
            }
            if let commandLimit, command.count > min(commandLimit, room) { self.commandLimit = nil }
            if commandLimit == nil {
                heard.add(Heard(bytes: command, of: name, from: .client))
                command = []
            } else if part.endsCommand, let name, let known {
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
            case .line: CommandData.line(data.dropLast()).received(name)
            // What it holds is looked at when it is shown.
            case .gob: Received(command: name, content: .gob(data))
            case .bytes, .nothing: CommandData.bytes(data).received(name)
            }
        return Heard(speaker: .client, role: .command, received: received)
    }

    private mutating func takeReplies(_ bytes: [UInt8], _ room: Int) -> [Heard] {
        var heard: [Heard] = []
        for line in bytes.lines {
            let isEnded = line.last == lineEnd
            let label = unanswered.next(isEnded: isEnded)
            reply += line
            if !label.isLine || reply.count > room {
                heard.add(Heard(bytes: reply, of: label.command, from: .server))
            } else if isEnded {
                let line = CommandData.line(reply.dropLast())
                let received = line.received(label.command ?? "")
                heard.append(Heard(speaker: .server, role: .reply, received: received))
            } else {
                continue
            }
            reply = []
        }
        return heard
    }
}
