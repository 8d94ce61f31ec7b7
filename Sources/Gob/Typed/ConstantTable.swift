/// A table that never changes: reading from it counts no reference to it and checks no bounds, which
/// an array inside a structure that changes does at every turn.
final class ConstantTable<Element: Sendable>: Sendable {
    /// Where it is; a pointer could not be shared by threads.
    private let address: UInt
    private let count: Int

    init(_ elements: [Element]) {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        for (index, element) in elements.enumerated() {
            unsafe (memory + index).initialize(to: element)
        }
        address = UInt(bitPattern: memory)
        count = elements.count
    }

    deinit {
        let memory = unsafe UnsafeMutablePointer(mutating: pointer)
        unsafe memory.deinitialize(count: count)
        unsafe memory.deallocate()
    }

    /// The elements, as long as the table is there.
    var pointer: UnsafePointer<Element> {
        guard let pointer = unsafe UnsafePointer<Element>(bitPattern: address) else {
            preconditionFailure("a table that is nowhere")
        }
        return unsafe pointer
    }
}
