import Gob

/// Gathers what one side says that is neither a command nor a line of an answer: values of gob streams,
/// each until it is whole, and other bytes, until something else follows them, or nothing for a while.
///
/// The same bytes are gathered to the same, whatever pieces they come in.
struct Gathering: Sendable {
    private let speaker: Annotator.Speaker
    private var reader: AnswerReader
    /// What came that is of no value.
    private var bytes: [UInt8] = []
    /// The command that it is said to.
    private var command = ""
    /// Whether no value is looked for in what comes, because what came before it is neither text nor one.
    private var isClosed = false

    /// How many bytes are one message at most.
    private static let limit = 64 << 10
    /// How long the lines of text are behind which a value may follow.
    private static let lineLimit = 1 << 10

    /// Of what one side says from the beginning.
    init(from speaker: Annotator.Speaker, _ cache: GobTypeCache) {
        self.speaker = speaker
        reader = AnswerReader(cache, lineLimit: Self.lineLimit)
    }

    /// How many bytes are kept.
    var size: Int { bytes.count + reader.size }

    /// Whether the beginning of a value came.
    var isInsideValue: Bool { reader.isInsideValue }

    /// Whether there are bytes that ``pause()`` returns.
    var isWaiting: Bool { !bytes.isEmpty || reader.size > 0 && !reader.isInsideValue }

    /// Takes what comes next.
    ///
    /// - Parameters:
    ///   - more: What comes.
    ///   - command: What it is said to.
    ///   - room: How much may be kept.
    /// - Returns: What is whole then.
    mutating func take(_ more: [UInt8], of command: String?, _ room: Int) -> [Heard] {
        var heard: [Heard] = []
        var rest = more
        while !rest.isEmpty {
            let (value, behind) = takeValue(rest, of: command, room, &heard)
            if let value { heard.append(value) }
            rest = behind
        }
        return heard
    }

    /// Takes what comes next up to the end of a value.
    ///
    /// - Parameters:
    ///   - more: What comes.
    ///   - command: What it is said to.
    ///   - room: How much may be kept.
    ///   - heard: Where what comes before the value is added to.
    /// - Returns: The value, and what follows it; where none ends, all is taken.
    mutating func takeValue(
        _ more: [UInt8],
        of command: String?,
        _ room: Int,
        _ heard: inout [Heard],
    ) -> (Heard?, rest: [UInt8]) {
        if size == 0 { self.command = command ?? "" }
        var rest = more
        while !isClosed, let (part, behind) = reader.takeFirst(rest) {
            rest = behind
            switch part {
            case .text(let line): heard += add(line)
            case .bytes(let other):
                heard += add(other)
                isClosed = true
            case .value(_, let stream):
                heard += takeBytes()
                return (Heard(stream: stream, of: command ?? "", from: speaker), behind)
            }
        }
        if isClosed { heard += add(rest) } else if size > room { heard += close() }
        return (nil, [])
    }

    /// Has what came, and what follows it, be bytes.
    mutating func close() -> [Heard] {
        isClosed = true
        return add(reader.takePending())
    }

    /// What there is of bytes, since something else follows them; the beginning of a value is kept.
    mutating func pause() -> [Heard] { isInsideValue ? takeBytes() : end() }

    /// What there is.
    mutating func end() -> [Heard] {
        let heard = close() + takeBytes()
        isClosed = false
        return heard
    }

    private mutating func add(_ more: [UInt8]) -> [Heard] {
        bytes += more
        var heard: [Heard] = []
        while bytes.count >= Self.limit {
            heard.append(Heard(bytes: Array(bytes.prefix(Self.limit)), of: command, from: speaker))
            bytes.removeFirst(Self.limit)
        }
        return heard
    }

    private mutating func takeBytes() -> [Heard] {
        guard !bytes.isEmpty else { return [] }
        defer { bytes = [] }
        return [Heard(bytes: bytes, of: command, from: speaker)]
    }
}
