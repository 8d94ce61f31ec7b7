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
        do throws(GobError.Fault) {
            let count = try Varint.byteCount(first: bytes[0])
            guard count < bytes.count else { return nil }
            let length = Varint.value(in: bytes, count: count)
            guard length <= UInt64(min(limits.messageSize, sizeLimit)) else {
                throw .limitExceeded(.messageSize, limits.messageSize)
            }
            return 1 + count + Int(length)
        } catch {
            throw GobError(error, offset: offset)
        }
    }

    /// Whether a message defines a type: it begins with a negative type id.
    ///
    /// - Parameter message: A message from its length on, as ``size(_:limits:offset:)`` delimits it,
    ///   and maybe what follows.
    /// - Returns: false for a message that does not begin with an integer, too.
    public static func isDefinition(_ message: Span<UInt8>) -> Bool {
        (typeID(message) ?? 0) < 0
    }

    /// The id with which a message begins: of the type of its value, or negated of the one that it
    /// defines; `nil` where it does not begin with an integer.
    package static func typeID(_ message: Span<UInt8>) -> Int64? {
        guard !message.isEmpty, let length = try? Varint.byteCount(first: message[0]),
            length + 1 < message.count,
            let count = try? Varint.byteCount(first: message[length + 1]),
            length + 1 + count < message.count
        else { return nil }
        let bits = Varint.value(in: message.extracting((length + 1)...), count: count)
        // A signed integer has its sign in the last bit (doc.go, "Encoding Details").
        let number = Int64(bitPattern: bits >> 1)
        return bits & 1 == 0 ? number : ~number
    }

    /// How many bytes of a stream are definitions, each a message of its own, before the first message
    /// that is none, or is not there as a whole.
    public static func definitionSize(
        _ stream: Span<UInt8>,
        limits: GobLimits = GobLimits(),
    ) -> Int {
        var end = 0
        while end < stream.count {
            let rest = stream.extracting(end...)
            guard isDefinition(rest), let size = try? size(rest, limits: limits),
                size <= rest.count
            else { break }
            end += size
        }
        return end
    }

    /// More than any memory holds, so that sums of it are still numbers.
    private static let sizeLimit = 1 << 48
}
