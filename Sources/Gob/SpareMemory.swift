private import Synchronization

/// The memory of a ``ByteWriter`` that is done, kept for the next one: fresh memory costs more than
/// encoding does.
final class SpareMemory: Sendable {
    private let spare = Mutex<Block?>(nil)

    /// Memory that nobody uses.
    struct Block: Sendable {
        /// Where it is; a pointer could not be handed from thread to thread.
        private let address: UInt
        /// Its size, in bytes.
        let capacity: Int

        init(_ pointer: UnsafeMutableRawPointer, capacity: Int) {
            address = UInt(bitPattern: pointer)
            self.capacity = capacity
        }

        var pointer: UnsafeMutableRawPointer {
            guard let pointer = unsafe UnsafeMutableRawPointer(bitPattern: address) else {
                preconditionFailure("memory is nowhere")
            }
            return unsafe pointer
        }
    }

    /// The most memory that is kept, in bytes: 16 MiB.
    private static let limit = 16 << 20

    deinit {
        spare.withLock { Self.free($0) }
    }

    /// A writer into the memory that is kept, or into fresh memory.
    func writer() -> ByteWriter {
        let block = spare.withLock { spare in
            defer { spare = nil }
            return spare
        }
        return ByteWriter(adopting: block)
    }

    /// Keeps the memory of a writer that is not needed any more.
    func keep(_ writer: consuming ByteWriter) {
        let block = writer.release()
        guard block.capacity <= Self.limit else { return Self.free(block) }
        let former = spare.withLock { spare in
            defer { spare = block }
            return spare
        }
        Self.free(former)
    }

    private static func free(_ block: Block?) {
        unsafe block?.pointer.deallocate()
    }
}
