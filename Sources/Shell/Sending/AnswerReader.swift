import Gob

/// What a peer says, told apart as it comes: lines of text, values of gob streams, and other bytes.
struct AnswerReader: Sendable {
    /// A part of what a peer says.
    enum Part: Sendable {
        /// A line, without its end, or what there is of one.
        case text([UInt8], isLine: Bool)
        /// A value, and a gob stream of it alone: the bytes that came, behind the definitions that came
        /// before.
        case value(GobDatum, stream: [UInt8])
        /// What is neither.
        case bytes([UInt8])
    }

    /// How long a text may be that is held back until its line ends.
    private static let lineLimit = 64 << 10

    private let cache: GobTypeCache
    private var pending: [UInt8] = []
    /// How many bytes of them are messages that are there, before the one that is not.
    private var messagesEnd = 0
    /// The stream that the last value was of, and the definitions that came in it.
    private var stream: GobStreamDecoder
    private var definitions: [UInt8] = []

    /// A reader of what comes from the beginning.
    ///
    /// - Parameter cache: The types of the streams before; its limits hold.
    init(_ cache: GobTypeCache) {
        self.cache = cache
        stream = GobStreamDecoder(cache: cache)
    }

    /// Takes what came, and returns what can be told of it; the rest is held back.
    mutating func take(_ bytes: [UInt8]) async -> [Part] {
        pending += bytes
        var parts: [Part] = []
        var position = 0
        while position < pending.count, let (part, size) = await next(at: position) {
            parts.append(part)
            position += size
        }
        pending.removeFirst(position)
        return parts
    }

    /// Takes what was held back: nothing more comes, or not for long.
    mutating func takeRest() -> [Part] {
        guard !pending.isEmpty else { return [] }
        defer { (pending, messagesEnd) = ([], 0) }
        let isText = pending.isText(isWhole: true)
        return [isText ? .text(pending, isLine: false) : .bytes(pending)]
    }

    /// The part that begins at a position, and its size; `nil` where it is not whole.
    private mutating func next(at position: Int) async -> (Part, Int)? {
        let rest = pending[position...]
        if let end = rest.firstIndex(of: lineEnd) {
            var line = Array(rest[..<end])
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.isText(isWhole: true) {
                return (.text(line, isLine: true), end + 1 - position)
            }
        } else if rest.count < Self.lineLimit, Array(rest).isText(isWhole: false) {
            return nil
        }
        return await nextValue(at: position)
    }

    /// The value that begins at a position; where none does, all bytes that there are.
    private mutating func nextValue(at position: Int) async -> (Part, Int)? {
        guard let size = valueSize(at: position) else {
            messagesEnd = 0
            return (.bytes(Array(pending[position...])), pending.count - position)
        }
        guard size <= pending.count - position else { return nil }
        messagesEnd = 0
        let bytes = Array(pending[position..<position + size])
        guard let decoded = await decoded(bytes) else {
            return (.bytes(Array(pending[position...])), pending.count - position)
        }
        return (.value(decoded.datum, stream: take(decoded, bytes)), size)
    }

    /// Takes note of a value and the stream that it is of.
    ///
    /// - Returns: A gob stream of the value alone.
    private mutating func take(_ decoded: Decoded, _ bytes: [UInt8]) -> [UInt8] {
        if !decoded.goesOn { definitions = [] }
        // What is of no defined type needs none of them.
        let isBasic = decoded.datum.schema.isBasic(decoded.datum.type)
        let alone = isBasic ? bytes : definitions + bytes
        definitions += bytes.prefix(GobFrame.definitionSize(bytes.span, limits: cache.limits))
        stream = decoded.stream
        return alone
    }

    /// How many bytes a value has with its definitions, or more than there are where it is not whole;
    /// `nil` where it is none.
    private mutating func valueSize(at position: Int) -> Int? {
        do throws(GobError) {
            while let (size, isDefinition) = try message(at: position + messagesEnd) {
                messagesEnd += size
                guard messagesEnd <= cache.limits.messageSize * 2 else { return nil }
                if !isDefinition { return messagesEnd }
            }
            return .max
        } catch {
            return nil
        }
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

    /// A value, and the stream that it is of.
    private struct Decoded {
        let datum: GobDatum
        let stream: GobStreamDecoder
        /// Whether it is the stream of the value before.
        let goesOn: Bool
    }

    /// The value of these bytes, which go on with the stream before, or begin another.
    private func decoded(_ bytes: [UInt8]) async -> Decoded? {
        let (last, fresh) = (stream, GobStreamDecoder(cache: cache))
        let body: @Sendable () -> Decoded? = {
            Self.decoded(bytes, last, goesOn: true) ?? Self.decoded(bytes, fresh, goesOn: false)
        }
        return bytes.count > longSize ? await offLoop(body) : body()
    }

    private static func decoded(
        _ bytes: [UInt8],
        _ stream: GobStreamDecoder,
        goesOn: Bool,
    ) -> Decoded? {
        var (stream, position) = (stream, 0)
        guard let datum = try? stream.next(in: bytes, at: &position), position == bytes.count
        else { return nil }
        return Decoded(datum: datum, stream: stream, goesOn: goesOn)
    }
}

extension [UInt8] {
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
