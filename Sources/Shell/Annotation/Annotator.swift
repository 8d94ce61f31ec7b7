/// Says briefly what the bytes of one conversation mean, as they go, in pieces of any size.
///
/// Nothing is held back: what a call is given is in the notes that it returns. The proxy and the trace
/// show the same notes.
struct Annotator: Sendable {
    /// Which side says something.
    enum Speaker: Sendable {
        /// The one that made the connection, and sends commands.
        case client
        /// The one that answers them.
        case server
    }

    private var commands = CommandCutter()
    private var stream = GobNotes()
    /// Whether the last answer was no whole line.
    private var isInsideAnswer = false

    /// What is said next.
    ///
    /// - Parameters:
    ///   - bytes: What comes after all before, of that side.
    ///   - speaker: Who says it.
    ///   - form: What follows the name of a command; `nil` for one that is not known.
    /// - Returns: The parts of the bytes, which are all of them, each with its meaning.
    mutating func notes(
        on bytes: [UInt8],
        from speaker: Speaker,
        form: (String) -> Handler.Form?,
    ) -> [Note] {
        switch speaker {
        case .client: commands.parts(of: bytes, form: form).map { note(on: $0, form) }
        case .server: bytes.lines.map { answer($0) }
        }
    }

    private mutating func note(
        on part: CommandCutter.Part,
        _ form: (String) -> Handler.Form?,
    ) -> Note {
        let bytes = part.piece.bytes
        let coverage = Note.Coverage(isBegun: part.isBegun, isEnded: part.isEnded)
        let meaning =
            switch part.kind {
            case .name: name(part, coverage, form)
            case .line: coverage.words("text", bytes)
            case .bytes: coverage.words("data")
            case .message: message(part, coverage)
            case .unknown: ""
            }
        return Note(bytes: bytes, meaning: meaning)
    }

    private mutating func name(
        _ part: CommandCutter.Part,
        _ coverage: Note.Coverage,
        _ form: (String) -> Handler.Form?,
    ) -> String {
        guard coverage.isEnded else { return coverage.words("name of a command") }
        stream = GobNotes()
        guard let name = part.piece.command else { return "name of no command" }
        return form(name) == nil ? "unknown command \(name.shown)" : "command \(name.shown)"
    }

    private mutating func message(_ part: CommandCutter.Part, _ coverage: Note.Coverage) -> String {
        let meaning = stream.take(part.piece.bytes, isEnded: coverage.isEnded)
        return meaning ?? coverage.words("message")
    }

    private mutating func answer(_ line: [UInt8]) -> Note {
        let coverage = Note.Coverage(isBegun: !isInsideAnswer, isEnded: line.last == lineEnd)
        isInsideAnswer = !coverage.isEnded
        return Note(bytes: line, meaning: coverage.words("reply", line))
    }
}
