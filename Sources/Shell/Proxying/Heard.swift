/// Something that one program said to another, as a proxy heard it.
struct Heard: Sendable {
    /// Who said it.
    let speaker: Annotator.Speaker
    /// What of the conversation it is.
    let role: Message.Passage.Role
    /// What it is.
    var received: Received
}

extension Heard {
    /// Bytes that are no whole command, and no reply to one.
    init(bytes: [UInt8], of command: String?, from speaker: Annotator.Speaker) {
        self.speaker = speaker
        role = .bytes
        received = Received(command: command ?? "", content: .bytes(bytes))
    }
}

extension [Heard] {
    /// Adds what was said next; bytes that follow bytes of the same side are one with them.
    mutating func add(_ next: Heard) {
        guard let last, last.role == .bytes, next.role == .bytes, last.speaker == next.speaker,
            case .bytes(let more) = next.received.content
        else { return append(next) }
        self[count - 1].received.content.append(more)
    }
}

extension Message.Content {
    /// Adds to bytes, in place.
    fileprivate mutating func append(_ more: [UInt8]) {
        guard case .bytes(var bytes) = self else { return }
        self = .bytes([])
        bytes += more
        self = .bytes(bytes)
    }
}
