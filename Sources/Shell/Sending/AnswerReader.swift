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
    /// How many bytes of them are messages that are there, before the one that is not.
    private var messagesEnd = 0
    /// The stream that the last value was of.
    private var stream: GobStreamDecoder
    /// The definitions of that stream.
    private var definitions: [UInt8] = []

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
        defer { (pending, messagesEnd) = ([], 0) }
        return pending
    }

    /// How many bytes are held back.
    var size: Int { pending.count }

    /// Whether what is held back is the beginning of a value, as far as can be told: definitions, a part of
    /// the first one, or of a value whose types came before.
    var isInsideValue: Bool {
        guard messagesEnd == 0 else { return true }
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
        guard let size = valueSize(at: position) else {
            messagesEnd = 0
            return (.bytes(Array(pending[position...])), pending.count - position)
        }
        guard size <= pending.count - position else { return nil }
        messagesEnd = 0
        let bytes = Array(pending[position..<position + size])
        guard let (datum, stream) = decoded(bytes) else {
            return (.bytes(Array(pending[position...])), pending.count - position)
        }
        return (.value(datum, stream: stream), size)
    }

    /// How many bytes a value has with its definitions, or more than there are where it is not whole;
    /// `nil` where it is none.
    private mutating func valueSize(at position: Int) -> Int? {
        do throws(GobError) {
            while let (size, isDefinition) = try message(at: position + messagesEnd) {
                let isFirst = messagesEnd == 0
                messagesEnd += size
                guard messagesEnd <= cache.limits.messageSize * 2 else { return nil }
                if !isDefinition { return messagesEnd }
                // Of what only looks like a stream the rest is not waited for.
                if isFirst { try check(definition: position..<position + size) }
            }
            return .max
        } catch {
            return nil
        }
    }

    /// - Throws: What is wrong with a definition, by itself.
    private func check(definition range: Range<Int>) throws(GobError) {
        var decoder = GobStreamDecoder(cache: cache)
        _ = try decoder.receive(Array(pending[range]))
    }

    /// The size of the message that begins at a position, and whether it is a definition; `nil` where it is
    /// not whole.
    private func message(
        at position: Int
    ) throws(GobError) -> (size: Int, isDefinition: Bool)? {
        let rest = pending.span.extracting(position...)
        guard let size = try GobFrame.size(rest, limits: cache.limits), size <= rest.count else {
            return nil
        }
        return (size, GobFrame.isDefinition(rest))
    }

    /// The value of these bytes, which go on with the stream before, or begin another, and a stream that
    /// has nothing else.
    private mutating func decoded(_ bytes: [UInt8]) -> (GobDatum, stream: [UInt8])? {
        let own = GobFrame.definitionSize(bytes.span, limits: cache.limits)
        var fresh = GobStreamDecoder(cache: cache)
        if !definitions.isEmpty, let datum = Self.value(of: bytes, in: &stream) {
            let isAlone = Self.value(of: bytes, in: &fresh) != nil
            let stream = isAlone ? bytes : definitions + bytes
            definitions += bytes[..<own]
            if definitions.count > Self.definitionsLimit { endStream() }
            return (datum, stream)
        }
        guard let datum = Self.value(of: bytes, in: &fresh) else { return nil }
        endStream()
        if own > 0, own <= Self.definitionsLimit {
            (stream, definitions) = (fresh, Array(bytes[..<own]))
        }
        return (datum, bytes)
    }

    /// The value that all of these bytes are, where a stream goes on with them; else it stays as it is.
    private static func value(
        of bytes: [UInt8],
        in stream: inout GobStreamDecoder,
    ) -> GobDatum? {
        var (next, position) = (stream, 0)
        guard let datum = try? next.next(in: bytes, at: &position), position == bytes.count
        else { return nil }
        stream = next
        return datum
    }

    /// Has the next value begin another stream.
    private mutating func endStream() {
        (stream, definitions) = (GobStreamDecoder(cache: cache), [])
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
