/// Where an encoder writes: the stream, the message being made, and one message more for each
/// interface whose value is being written.
///
/// A message that is done goes, with its length in front, into the one below. What defines types
/// ends the message it is in, which is how Go sends a definition in the middle of a value
/// (encode.go, `encodeInterface` and `sendActualType`).
struct MessageStack: Sendable {
    var stream = ByteWriter()
    private var below: [ByteWriter] = []
    /// The message being written.
    var top = ByteWriter()

    /// Begins a message inside the present one.
    mutating func push() {
        below.append(top)
        top = ByteWriter()
    }

    /// Ends the message inside; the one around it goes on.
    mutating func pop(limit: Int) throws(GobError.Fault) {
        try flush(limit: limit)
        if let outer = below.popLast() { top = outer }
    }

    /// Sends the message being written into the one around it, or the stream, and begins another.
    mutating func flush(limit: Int) throws(GobError.Fault) {
        guard top.bytes.count <= limit else { throw .limitExceeded(.messageSize, limit) }
        if below.isEmpty {
            stream.message(&top)
        } else {
            below[below.count - 1].message(&top)
        }
    }
}
