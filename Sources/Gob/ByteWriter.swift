/// Writes gob's primitives: the mirror of ``ByteReader``.
///
/// The bytes are kept in an array that is longer than what was written, so that a primitive is one
/// store. A long array of bytes is not copied: it stands between the others as a piece of its own.
struct ByteWriter: Sendable {
    /// What was written, then room.
    private var storage: [UInt8]
    /// Where among the bytes written the next one goes.
    private(set) var position = 0
    /// The arrays that are not copied.
    private var pieces: [Piece] = []
    private var pieceSize = 0

    private struct Piece: Sendable {
        /// How many of the bytes that were copied come before it.
        var position: Int
        let bytes: [UInt8]
    }

    /// From what size on copying an array costs more than keeping it apart, in bytes.
    private static let pieceLimit = 64 << 10

    /// A writer into room that an earlier one left, or none.
    init(room: [UInt8] = []) {
        storage = room
    }

    /// The room of a writer that is not needed any more.
    consuming func room() -> [UInt8] { storage }

    /// How much was written, in bytes.
    var size: Int { position + pieceSize }

    mutating func uint(_ value: UInt64) {
        reserve(9)
        if value < 0x80 {
            storage[position] = UInt8(truncatingIfNeeded: value)
            position += 1
            return
        }
        unsafe storage.withUnsafeMutableBytes { room in
            position += unsafe Varint.write(value, to: room, at: position)
        }
    }

    mutating func int(_ value: Int64) {
        uint(Varint.zigzag(value))
    }

    mutating func float(_ value: Double) {
        uint(value.bitPattern.byteSwapped)
    }

    mutating func bool(_ value: Bool) {
        uint(value ? 1 : 0)
    }

    mutating func count(_ value: Int) {
        uint(UInt64(value))
    }

    mutating func byteArray(_ value: [UInt8]) {
        guard value.count >= Self.pieceLimit else {
            return unsafe value.withUnsafeBytes { unsafe counted($0) }
        }
        count(value.count)
        raw(value)
    }

    /// Bytes that are gob already.
    mutating func raw(_ value: [UInt8]) {
        guard value.count < Self.pieceLimit else {
            pieces.append(Piece(position: position, bytes: value))
            pieceSize += value.count
            return
        }
        unsafe value.withUnsafeBytes { unsafe copy($0) }
    }

    /// A string's bytes, with their number before them.
    ///
    /// `withUTF8` on a copy costs less than `utf8Span`.
    mutating func string(_ value: String) {
        var text = value
        text.withUTF8 { unsafe counted(UnsafeRawBufferPointer($0)) }
    }

    /// Writes so many integers, which a function gives by their number.
    mutating func uints(
        _ count: Int,
        _ element: (Int) throws(GobError.Fault) -> UInt64,
    ) throws(GobError.Fault) {
        var next = 0
        while next < count {
            let end = min(count, next + 4_096)
            reserve(9 * (end - next))
            try unsafe storage.withUnsafeMutableBufferPointer { room throws(GobError.Fault) in
                let room = UnsafeMutableRawBufferPointer(room)
                while next < end {
                    position += unsafe Varint.write(try element(next), to: room, at: position)
                    next += 1
                }
            }
        }
    }

    /// What was written so far, for ``truncate(to:)``.
    var mark: (position: Int, pieceCount: Int) { (position, pieces.count) }

    /// Drops what was written after a mark.
    mutating func truncate(to mark: (position: Int, pieceCount: Int)) {
        position = mark.position
        while pieces.count > mark.pieceCount { pieceSize -= pieces.removeLast().bytes.count }
    }

    /// Takes room at a place for a length that is not known yet.
    mutating func skip(_ count: Int) {
        reserve(count)
        position += count
    }

    /// Puts a length where ``skip(_:)`` took room for it, and moves what follows where it needs
    /// more or less.
    mutating func setLength(_ length: Int, at start: Int, room: Int) {
        let bytes = Varint.bytes(of: UInt64(length))
        let shift = bytes.count - room
        if shift != 0 {
            reserve(max(0, shift))
            let content = start + room
            unsafe storage.withUnsafeMutableBytes { all in
                let target = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: all[(content + shift)...]
                )
                let source = unsafe UnsafeRawBufferPointer(rebasing: all[content..<position])
                unsafe target.copyMemory(from: source)
            }
            position += shift
            for index in pieces.indices.reversed() {
                guard pieces[index].position >= content else { break }
                pieces[index].position += shift
            }
        }
        for (index, byte) in bytes.enumerated() { storage[start + index] = byte }
    }

    /// All that was written, in one array.
    consuming func bytes() -> [UInt8] {
        guard !pieces.isEmpty else {
            storage.removeLast(storage.count - position)
            return storage
        }
        var result: [UInt8] = []
        result.reserveCapacity(size)
        var start = 0
        for piece in pieces {
            result += storage[start..<piece.position]
            result += piece.bytes
            start = piece.position
        }
        return result + storage[start..<position]
    }

    /// Gives all that was written, in order, in as few pieces as there are.
    func forEachPiece<Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        for piece in pieces {
            if piece.position > start { try body(storage.span.extracting(start..<piece.position)) }
            try body(piece.bytes.span)
            start = piece.position
        }
        if position > start { try body(storage.span.extracting(start..<position)) }
    }

    /// Makes room for so many bytes more.
    private mutating func reserve(_ count: Int) {
        guard storage.count - position < count else { return }
        let extra = max(count, storage.count, 240)
        storage.append(contentsOf: repeatElement(0, count: extra))
    }

    /// Writes a length and as many bytes at once.
    private mutating func counted(_ bytes: UnsafeRawBufferPointer) {
        reserve(9 + bytes.count)
        unsafe storage.withUnsafeMutableBytes { room in
            position += unsafe Varint.write(UInt64(bytes.count), to: room, at: position)
            guard let target = room.baseAddress, let source = bytes.baseAddress else { return }
            unsafe (target + position).copyMemory(from: source, byteCount: bytes.count)
        }
        position += bytes.count
    }

    private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        unsafe storage.withUnsafeMutableBytes { room in
            guard let target = room.baseAddress else { return }
            unsafe (target + position).copyMemory(from: source, byteCount: bytes.count)
        }
        position += bytes.count
    }
}
