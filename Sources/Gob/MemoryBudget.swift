/// How much memory a value may still take, by a close estimate.
struct MemoryBudget: Sendable {
    private let limit: Int
    private var used = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// Counts memory for so many values and the block that holds them.
    mutating func charge(_ count: Int) throws(GobError.Fault) {
        used += (count + 1) * MemoryLayout<GobValue>.stride
        guard used <= limit else { throw .limitExceeded(.memory, limit) }
    }

    /// Counts memory in bytes.
    mutating func charge(bytes: Int) throws(GobError.Fault) {
        used += bytes
        guard used <= limit else { throw .limitExceeded(.memory, limit) }
    }
}
