private import Glibc

/// Looks for the end of a line, each time only in what is new, so that a line that comes in many
/// pieces is not searched again and again.
struct LineSearch {
    private let limit: Int
    private var searched = 0

    /// A search for a line of at most `limit` bytes, not counting its `\n`.
    init(limit: Int) {
        self.limit = limit
    }

    /// Looks for the first line of the bytes; the value is the line without its `\n`.
    ///
    /// - Parameter bytes: those of the last time, and more.
    /// - Returns: the line, or that at least one byte is missing.
    /// - Throws: `NetError.lineTooLong`.
    mutating func step(_ bytes: UnsafeRawBufferPointer) throws -> ParseStep<[UInt8]> {
        guard let base = bytes.baseAddress else { return .needsMore(atLeast: 1) }
        let window = bytes.count <= limit ? bytes.count : limit + 1
        if window > searched,
            let end = memchr(base + searched, Int32(UInt8(ascii: "\n")), window - searched)
        {
            let line = UnsafeRawBufferPointer(start: base, count: UnsafeRawPointer(end) - base)
            return .consumed(line.count + 1, Array(line))
        }
        guard bytes.count <= limit else { throw NetError.lineTooLong(limit: limit) }
        searched = bytes.count
        return .needsMore(atLeast: 1)
    }
}
