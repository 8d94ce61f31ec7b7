/// Something that one program said to another, as a proxy heard it.
struct Heard: Sendable {
    /// Who said it.
    let speaker: Annotator.Speaker
    /// What of the conversation it is.
    let role: Message.Passage.Role
    /// What it is.
    let received: Received
}

extension Heard {
    /// Bytes that are no whole command, and no reply to one.
    init(bytes: [UInt8], of command: String, from speaker: Annotator.Speaker) {
        self.speaker = speaker
        role = .bytes
        received = Received(command: command, content: .bytes(bytes))
    }

    /// A gob stream with one value, which may answer a command, but is none.
    init(stream: [UInt8], of command: String, from speaker: Annotator.Speaker) {
        self.speaker = speaker
        role = speaker == .server && !command.isEmpty ? .reply : .bytes
        // What it holds is looked at when it is shown.
        received = Received(command: command, content: .gob(stream))
    }
}
