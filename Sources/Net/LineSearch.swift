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

    /// The first line of the bytes, without its `\n`; nil where its end is yet to come.
    ///
    /// - Parameter bytes: those of the last time, and more.
    /// - Throws: `NetError.lineTooLong`.
    mutating func line(in bytes: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer? {
        guard let base = bytes.baseAddress else { return nil }
        let window = bytes.count <= limit ? bytes.count : limit + 1
        if window > searched,
            let end = memchr(base + searched, Int32(UInt8(ascii: "\n")), window - searched)
        {
            return UnsafeRawBufferPointer(start: base, count: UnsafeRawPointer(end) - base)
        }
        guard bytes.count <= limit else { throw NetError.lineTooLong(limit: limit) }
        searched = bytes.count
        return nil
    }
}
