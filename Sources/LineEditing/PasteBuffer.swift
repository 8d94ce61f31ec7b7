/// What is being pasted, until the sequence that ends it.
struct PasteBuffer {
    private let end: [UInt8]
    private var bytes: [UInt8] = []

    init(end: [UInt8]) {
        self.end = end
    }

    /// Adds bytes.
    ///
    /// - Returns: What follows the end of the paste, where it has come.
    mutating func append(_ more: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        // The end may have begun in the block before.
        let seam = max(bytes.count - end.count + 1, 0)
        let size = bytes.count
        bytes += more
        guard let found = bytes[seam...].firstRange(of: end) else { return nil }
        bytes.removeSubrange(found.lowerBound...)
        return more.dropFirst(found.upperBound - size)
    }

    /// The text: every kind of line end is a line feed, and there is no NUL in it.
    var text: [Unicode.Scalar] {
        var text: [Unicode.Scalar] = []
        var isAfterReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar != "\0" {
            if scalar == "\r" {
                text.append("\n")
            } else if scalar != "\n" || !isAfterReturn {
                text.append(scalar)
            }
            isAfterReturn = scalar == "\r"
        }
        return text
    }
}
