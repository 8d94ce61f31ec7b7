import Gob

/// What a peer says, told apart as it comes: lines of text, values of gob streams, and other bytes.
struct AnswerReader: Sendable {
    /// A part of what a peer says.
    enum Part: Sendable {
        /// A line with its end, or what there is of one.
        case text([UInt8])
        /// A value, and a stream that has nothing else: where it goes on with the stream before, the
        /// definitions of that one come first.
        case value(GobDatum, stream: [UInt8])
        /// What is neither.
        case bytes([UInt8])
    }

    /// How many bytes of definitions are kept for the values that follow.
    private static let definitionsLimit = 64 << 10

    private let cache: GobTypeCache
    private let lineLimit: Int
    private var pending: [UInt8] = []
    /// The value that they begin with, as far as its messages are there; `nil` where none is.
    private var reading: ValueReading?
    /// The stream that the last value was of.
    private var stream: GobStreamDecoder
    /// The definitions of that stream that are messages of their own.
    private var definitions: [UInt8] = []
    /// Whether it has others, inside values.
    private var hasInnerDefinitions = false

    /// A reader of what comes from the beginning.
    ///
    /// - Parameters:
    ///   - cache: The types of the streams before; its limits hold.
    ///   - lineLimit: How long a text may be that is held back until its line ends.
    init(_ cache: GobTypeCache, lineLimit: Int = 64 << 10) {
        self.cache = cache
        self.lineLimit = lineLimit
        stream = GobStreamDecoder(cache: cache)
    }

    /// Takes what came, and returns what can be told of it; the rest is held back.
    mutating func take(_ bytes: [UInt8]) -> [Part] {
        pending += bytes
        var parts: [Part] = []
        var position = 0
        while position < pending.count, let (part, size) = next(at: position) {
            parts.append(part)
            position += size
        }
        pending.removeFirst(position)
        return parts
    }

    /// Takes what came up to where the first part ends.
    ///
    /// - Returns: That part, and what follows it; `nil` where it is not whole, and is held back.
    mutating func takeFirst(_ bytes: [UInt8]) -> (part: Part, rest: [UInt8])? {
        pending += bytes
        guard !pending.isEmpty, let (part, size) = next(at: 0) else { return nil }
        defer { pending = [] }
        return (part, Array(pending[size...]))
    }

    /// Takes what was held back: nothing more comes, or not for long.
    mutating func takeRest() -> Part? {
        let rest = takePending()
        guard !rest.isEmpty else { return nil }
        return rest == [lineEnd] || rest.isText(isWhole: true) ? .text(rest) : .bytes(rest)
    }

    /// Takes what was held back, whatever it is.
    mutating func takePending() -> [UInt8] {
        defer { (pending, reading) = ([], nil) }
        return pending
    }

    /// How many bytes are held back.
    var size: Int { pending.count }

    /// Whether what is held back is the beginning of a value, as far as can be told: definitions, a part of
    /// the first one, or of a value whose types came before.
    var isInsideValue: Bool {
        guard reading == nil else { return true }
        guard GobFrame.isDefinition(pending.span) || !definitions.isEmpty else { return false }
        return !pending.isText(isWhole: false)
    }

    /// The part that begins at a position, and its size; `nil` where it is not whole.
    private mutating func next(at position: Int) -> (Part, Int)? {
        let rest = pending[position...]
        // The same wherever what comes is cut.
        if let end = rest.prefix(lineLimit).firstIndex(of: lineEnd) {
            if end == position, !definitions.isEmpty {
                // It may be the length of a value, of which no text has the type.
                guard rest.count > 1 else { return nil }
                if rest[position + 1] >= 0xF8 { return nextValue(at: position) }
            }
            let line = Array(rest[...end])
            if line.text.isText(isWhole: true) { return (.text(line), line.count) }
        } else if rest.count < lineLimit, Array(rest).isText(isWhole: false) {
            return nil
        }
        return nextValue(at: position)
    }

    /// The value that begins at a position; where none does, all bytes that there are.
    private mutating func nextValue(at position: Int) -> (Part, Int)? {
        do throws(GobError) {
            guard let found = try readMessages(from: position), let value = reading else {
                return nil
            }
            reading = nil
            let bytes = Array(pending[position..<position + value.size])
            let stream = stream(of: found, bytes, isCut: value.isCut)
            return (.value(found.datum, stream: stream), value.size)
        } catch {
            reading = nil
            return (.bytes(Array(pending[position...])), pending.count - position)
        }
    }

    /// Reads the messages that are there of the value that begins at a position.
    ///
    /// - Returns: The value, or `nil` where it is not whole.
    /// - Throws: `GobError` where it is none.
    private mutating func readMessages(
        from position: Int
    ) throws(GobError) -> ValueReading.Found? {
        let limit = cache.limits.messageSize
        while let size = try messageSize(at: position + (reading?.size ?? 0)) {
            let before = reading?.size ?? 0
            guard before + size <= limit * 2 else {
                throw GobError(.limitExceeded(.messageSize, limit), offset: before)
            }
            if reading == nil { reading = begin() }
            let start = position + before
            if let found = try reading?.take(Array(pending[start..<start + size])) { return found }
        }
        return nil
    }

    private func begin() -> ValueReading {
        let before = definitions.isEmpty ? nil : stream
        return ValueReading(after: before, or: GobStreamDecoder(cache: cache))
    }

    /// The size of the message that begins at a position; `nil` where it is not whole.
    private func messageSize(at position: Int) throws(GobError) -> Int? {
        let rest = pending.span.extracting(position...)
        guard let size = try GobFrame.size(rest, limits: cache.limits), size <= rest.count else {
            return nil
        }
        return size
    }

    /// A stream that has nothing but a value that was found; the next value may go on with its stream.
    private mutating func stream(
        of found: ValueReading.Found,
        _ bytes: [UInt8],
        isCut: Bool,
    ) -> [UInt8] {
        let own = GobFrame.definitionSize(bytes.span, limits: cache.limits)
        guard found.goesOn else {
            endStream()
            if own > 0, own <= Self.definitionsLimit {
                (stream, definitions) = (found.decoder, Array(bytes[..<own]))
                hasInnerDefinitions = isCut
            }
            return bytes
        }
        let stream = found.isAlone ? bytes : whole(found.datum, definitions + bytes)
        self.stream = found.decoder
        definitions += bytes[..<own]
        hasInnerDefinitions = hasInnerDefinitions || isCut
        if definitions.count > Self.definitionsLimit { endStream() }
        return stream
    }

    /// A stream of a value, or another one of the same value where types are missing that were defined
    /// inside values before.
    private func whole(_ datum: GobDatum, _ stream: [UInt8]) -> [UInt8] {
        guard hasInnerDefinitions else { return stream }
        var (decoder, position) = (GobStreamDecoder(cache: cache), 0)
        if (try? decoder.next(in: stream, at: &position)) != nil { return stream }
        return (try? Conversation.stream(datum, cache)) ?? stream
    }

    /// Has the next value begin another stream.
    private mutating func endStream() {
        (stream, definitions) = (GobStreamDecoder(cache: cache), [])
        hasInnerDefinitions = false
    }
}

extension [UInt8] {
    /// A line without its end.
    var text: [UInt8] {
        guard last == lineEnd else { return self }
        let line = dropLast()
        return Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }

    /// Whether it is text that a person would read; where more follows, the end of a line or the last
    /// character may be there in part.
    fileprivate func isText(isWhole: Bool) -> Bool {
        let isLineEnding = !isWhole && last == UInt8(ascii: "\r")
        let isReadable = dropLast(isLineEnding ? 1 : 0).allSatisfy {
            $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t")
        }
        guard isReadable else { return false }
        let end = isWhole ? self : textPrefix(Swift.max(count - 1, 0))
        return String(validating: end, as: UTF8.self) != nil
    }
}
