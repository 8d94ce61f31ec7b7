/// Blocks of bytes, as lines.
struct LineSplitter {
    /// What there is to take.
    enum Step: Equatable {
        case line([UInt8])
        case end
        case needsMore
    }

    private var bytes: [UInt8] = []
    private var start = 0
    private var searched = 0
    private var isEnded = false
    private var isSkipping = false

    /// Adds the next block.
    mutating func append(_ block: [UInt8]) {
        bytes.removeSubrange(..<start)
        searched -= start
        start = 0
        bytes += block
    }

    /// Says that no block follows: what is left is the last line.
    mutating func end() {
        isEnded = true
    }

    /// Forgets what was not taken, and that the input ended.
    mutating func discard() {
        self = LineSplitter()
    }

    /// The next line without its line end, if it is complete.
    ///
    /// After `lineTooLong` the rest of that line is skipped.
    mutating func next(limit: Int) throws(LineEditorError) -> Step {
        while true {
            guard let line = try nextPart(limit: limit) else {
                return isEnded ? .end : .needsMore
            }
            if !isSkipping { return .line(line) }
            isSkipping = false
        }
    }

    /// A line, or the rest of one that is skipped.
    private mutating func nextPart(limit: Int) throws(LineEditorError) -> [UInt8]? {
        let lineEnd = bytes[searched...].firstIndex(of: 0x0A)
        let stop = lineEnd ?? bytes.count
        if stop - start > limit, !isSkipping {
            isSkipping = true
            throw .lineTooLong(limit: limit)
        }
        guard lineEnd != nil || isEnded && stop > start else {
            searched = stop
            if isSkipping { start = stop }
            return nil
        }
        let line = isSkipping ? [] : Array(bytes[start..<stop])
        start = min(stop + 1, bytes.count)
        searched = start
        return line
    }
}
