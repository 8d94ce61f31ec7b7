/// Writes gob's primitives: the mirror of ``ByteReader``.
///
/// It owns the memory that it writes into, so that a primitive is a check and a store; in an array,
/// the checks that it is not shared take a third of the time. A long array of bytes is not copied:
/// it stands between the others as a piece of its own.
@safe
struct ByteWriter: ~Copyable {
    private var memory: UnsafeMutableRawPointer
    private var ownsMemory = true
    private var capacity: Int
    /// Where among the bytes that were copied the next one goes.
    private(set) var position = 0
    /// The arrays that are not copied.
    private var pieces: [Piece] = []
    private var pieceSize = 0

    private struct Piece {
        /// How many of the bytes that were copied come before it.
        var position: Int
        let bytes: [UInt8]
    }

    /// From what size on copying an array costs more than keeping it apart, in bytes.
    private static let pieceLimit = 64 << 10

    /// A writer into memory that is its own from now on, and grows; into fresh memory where there is
    /// none.
    init(adopting block: SpareMemory.Block? = nil) {
        capacity = block?.capacity ?? 500
        unsafe memory = block?.pointer ?? .allocate(byteCount: 500, alignment: 1)
    }

    deinit {
        if ownsMemory { unsafe memory.deallocate() }
    }

    /// Gives its memory away, after which it must not be used.
    mutating func release() -> SpareMemory.Block {
        ownsMemory = false
        return unsafe SpareMemory.Block(pointer: memory, capacity: capacity)
    }

    /// How much was written, in bytes.
    var size: Int { position + pieceSize }

    mutating func uint(_ value: UInt64) {
        reserve(9)
        if value < 0x80 {
            unsafe memory.storeBytes(
                of: UInt8(truncatingIfNeeded: value),
                toByteOffset: position,
                as: UInt8.self
            )
            position += 1
        } else {
            position += unsafe Varint.write(value, to: memory + position)
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
    mutating func string(_ value: consuming String) {
        value.withUTF8 { unsafe counted(UnsafeRawBufferPointer($0)) }
    }

    /// The string that is in memory, without counting another reference to it, which takes a
    /// third of the time.
    ///
    /// `withUTF8` changes only a string that is not in one piece of UTF-8; such a one is copied.
    mutating func string(at place: UnsafeRawPointer) {
        let place = unsafe UnsafeMutableRawPointer(mutating: place)
            .assumingMemoryBound(to: String.self)
        guard unsafe place.pointee.isContiguousUTF8 else { return string(unsafe place.pointee) }
        unsafe place.pointee.withUTF8 { unsafe counted(UnsafeRawBufferPointer($0)) }
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
            while next < end {
                position += unsafe Varint.write(try element(next), to: memory + position)
                next += 1
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
        let size = Varint.size(of: UInt64(length))
        move(from: start + room, by: size - room)
        guard size > 1 else { return set(UInt8(truncatingIfNeeded: length), at: start) }
        set(UInt8(truncatingIfNeeded: 257 - size), at: start)
        for index in 1..<size {
            set(UInt8(truncatingIfNeeded: length >> (8 * (size - 1 - index))), at: start + index)
        }
    }

    private func set(_ byte: UInt8, at position: Int) {
        unsafe memory.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
    }

    /// All that was written, in one array.
    func bytes() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            forEachPiece { piece in
                unsafe piece.withUnsafeBytes { bytes in
                    guard let source = bytes.baseAddress, let target = buffer.baseAddress else {
                        return
                    }
                    let place = unsafe UnsafeMutableRawPointer(target + count)
                    unsafe place.copyMemory(from: source, byteCount: bytes.count)
                    count += bytes.count
                }
            }
        }
    }

    /// Gives all that was written, in order, in as few pieces as there are.
    func forEachPiece<Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        for piece in pieces {
            try copied(start..<piece.position, body)
            try body(piece.bytes.span)
            start = piece.position
        }
        try copied(start..<position, body)
    }

    private func copied<Failure: Error>(
        _ range: Range<Int>,
        _ body: (Span<UInt8>) throws(Failure) -> Void,
    ) throws(Failure) {
        guard !range.isEmpty else { return }
        let bytes = unsafe UnsafeRawBufferPointer(
            start: memory + range.lowerBound,
            count: range.count
        )
        try unsafe body(bytes.assumingMemoryBound(to: UInt8.self).span)
    }

    /// Moves what was written from a place on.
    private mutating func move(from start: Int, by distance: Int) {
        guard distance != 0 else { return }
        reserve(max(0, distance))
        let source = unsafe memory + start
        unsafe (source + distance).copyMemory(from: source, byteCount: position - start)
        position += distance
        for index in pieces.indices.reversed() {
            guard pieces[index].position >= start else { break }
            pieces[index].position += distance
        }
    }

    /// Makes room for so many bytes more.
    @inline(__always)
    private mutating func reserve(_ count: Int) {
        if capacity - position < count { grow(by: count) }
    }

    private mutating func grow(by count: Int) {
        capacity += max(count, capacity)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
        unsafe larger.copyMemory(from: memory, byteCount: position)
        unsafe memory.deallocate()
        unsafe memory = larger
    }

    /// Writes a length and as many bytes at once.
    private mutating func counted(_ bytes: UnsafeRawBufferPointer) {
        reserve(9 + bytes.count)
        position += unsafe Varint.write(UInt64(bytes.count), to: memory + position)
        unsafe copy(bytes)
    }

    private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        unsafe (memory + position).copyMemory(from: source, byteCount: bytes.count)
        position += bytes.count
    }
}
