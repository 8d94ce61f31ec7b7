/// The outermost layer of a stream: messages, each with its length in front.
public enum GobFrame {
    /// The size of the message with which `bytes` begin, its length included.
    ///
    /// - Parameters:
    ///   - bytes: The stream from the message's first byte on, as far as it has come.
    ///   - limits: ``GobLimits/messageSize`` is the most that the message may have.
    ///   - offset: Where in the stream `bytes` begin, for errors.
    /// - Returns: The size in bytes, or `nil` when too little has come to know it.
    /// - Throws: ``GobError`` when the length is no integer, or beyond the limit.
    public static func size(
        _ bytes: Span<UInt8>,
        limits: GobLimits = GobLimits(),
        offset: Int = 0,
    ) throws(GobError) -> Int? {
        guard !bytes.isEmpty else { return nil }
        let first = bytes[0]
        var header = 1
        var length = UInt64(first)
        if first >= 0x80 {
            let count = 256 - Int(first)
            guard count <= 8 else {
                throw GobError(.integerTooLong(byteCount: count), offset: offset)
            }
            guard count < bytes.count else { return nil }
            header += count
            length = 0
            for index in 1...count { length = length << 8 | UInt64(bytes[index]) }
        }
        guard length <= UInt64(limits.messageSize) else {
            throw GobError(.limitExceeded(.messageSize, limits.messageSize), offset: offset)
        }
        return header + Int(length)
    }
}
