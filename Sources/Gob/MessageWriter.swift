/// Where an encoder writes: the messages of a stream, one inside another for each interface whose
/// value is being written.
///
/// A message's length stands before it, and is put there when the message ends. What defines types
/// ends the message it is in, which is how Go sends a definition in the middle of a value
/// (encode.go, `encodeInterface` and `sendActualType`).
struct MessageWriter: ~Copyable {
    /// What is written, in the innermost message.
    var top: ByteWriter
    /// The message that is being written; apart from those around it, of which there are none as a
    /// rule, so that a value takes no array.
    private var innermost: Open?
    private var around: [Open] = []
    private let limit: Int

    private struct Open {
        /// Where the room for its length begins.
        let start: Int
        /// The room for its length, in bytes.
        let room: Int
        /// What was written before it, its room included.
        let sizeBefore: Int
    }

    /// A stream whose messages have at most so many bytes.
    init(limit: Int, into writer: consuming ByteWriter) {
        self.limit = limit
        top = writer
    }

    /// The size of the message being written, so far.
    var size: Int { top.size - (innermost?.sizeBefore ?? 0) }

    /// Refuses a message that is too long already.
    func checkSize() throws(GobError.Fault) {
        guard top.size <= limit || size <= limit else { throw .limitExceeded(.messageSize, limit) }
    }

    /// Begins a message, inside the present one if there is one.
    ///
    /// - Parameter size: What it will have at least; where that is known, what it has need not be
    ///   moved when its length is put before it.
    mutating func begin(expecting size: Int = 0) {
        let room = Varint.size(of: UInt64(size))
        let start = top.position
        top.skip(room)
        if let innermost { around.append(innermost) }
        innermost = Open(start: start, room: room, sizeBefore: top.size)
    }

    /// Ends the message; the one around it goes on.
    mutating func end() throws(GobError.Fault) {
        guard let message = innermost else { preconditionFailure("a message that was begun") }
        innermost = around.popLast()
        let size = top.size - message.sizeBefore
        guard size <= limit else { throw .limitExceeded(.messageSize, limit) }
        top.setLength(size, at: message.start, room: message.room)
    }
}
