extension GobFrame {
    /// Whether the message at a position is there to its end, however long it is.
    static func isWhole(_ bytes: Span<UInt8>, at position: Int) -> Bool {
        var limits = GobLimits()
        limits.messageSize = .max
        let rest = bytes.extracting(position...)
        guard let size = try? size(rest, limits: limits) else { return false }
        return size <= rest.count
    }
}

/// Looks for the first definition that can be read, where a stream has lost its beginning.
///
/// A definition is a struct of known types that fills its message, so that hardly anything else can
/// be taken for one.
struct BeginningSearch: Sendable {
    /// How much is tried to be read, in bytes of messages that may begin anywhere.
    private static let budget = 16 << 20

    /// Where the definition begins, and how many messages are before it, if they are whole.
    struct Found {
        let start: Int
        let messages: Int
    }

    /// Looks behind a position.
    static func find(in bytes: [UInt8], after position: Int, for fresh: GobStreamDecoder) -> Found?
    {
        var budget = budget
        for start in (position + 1)..<max(bytes.count, position + 1) {
            let rest = bytes.span.extracting(start...)
            guard let size = try? GobFrame.size(rest, limits: fresh.limits), size <= rest.count,
                let id = GobFrame.typeID(rest), TypeID(0 &- id).isUserDefined
            else { continue }
            budget -= size
            guard budget > 0 else { return nil }
            guard fresh.error(in: bytes, at: start) == nil else { continue }
            let messages = count(in: bytes, position..<start, fresh.limits)
            return Found(start: start, messages: messages)
        }
        return nil
    }

    /// How many messages fill a range; none where they do not.
    private static func count(in bytes: [UInt8], _ range: Range<Int>, _ limits: GobLimits) -> Int {
        var (position, count) = (range.lowerBound, 0)
        while position < range.upperBound {
            let rest = bytes.span.extracting(position...)
            guard let size = try? GobFrame.size(rest, limits: limits) else { return 0 }
            (position, count) = (position + size, count + 1)
        }
        return position == range.upperBound ? count : 0
    }
}
