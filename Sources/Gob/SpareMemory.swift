private import Synchronization

/// The memory of a ``ByteWriter`` that is done, kept for the next one: fresh memory costs more than
/// encoding does.
///
/// What is kept is one word, exchanged as a whole, which takes less than a lock; a block's size
/// stands in its own first bytes meanwhile.
final class SpareMemory: Sendable {
    /// Where the block is that nobody uses; 0 where there is none.
    private let spare = Atomic<UInt>(0)

    /// Memory that nobody uses.
    @safe
    struct Block {
        let pointer: UnsafeMutableRawPointer
        /// Its size, in bytes; at least that of an integer.
        let capacity: Int
    }

    /// The most memory that is kept, in bytes: 16 MiB.
    private static let limit = 16 << 20

    deinit {
        unsafe Self.block(at: spare.load(ordering: .acquiring))?.pointer.deallocate()
    }

    /// A writer into the memory that is kept, or into fresh memory.
    func writer() -> ByteWriter {
        ByteWriter(adopting: Self.block(at: spare.exchange(0, ordering: .acquiring)))
    }

    /// Keeps the memory of a writer that is not needed any more.
    func keep(_ writer: consuming ByteWriter) {
        let block = writer.release()
        guard block.capacity <= Self.limit else {
            return unsafe block.pointer.deallocate()
        }
        unsafe block.pointer.storeBytes(of: block.capacity, as: Int.self)
        let address = unsafe UInt(bitPattern: block.pointer)
        let former = spare.exchange(address, ordering: .acquiringAndReleasing)
        unsafe Self.block(at: former)?.pointer.deallocate()
    }

    private static func block(at address: UInt) -> Block? {
        guard let pointer = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return nil }
        return unsafe Block(pointer: pointer, capacity: pointer.loadUnaligned(as: Int.self))
    }
}
