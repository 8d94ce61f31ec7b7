/// The latest of many things, within a limit on their number and one on their size.
struct Latest<Element> {
    /// The oldest first.
    private(set) var elements: [Element] = []
    private var size = 0
    private let countLimit: Int
    private let sizeLimit: Int
    private let sizeOf: @Sendable (Element) -> Int

    /// None yet.
    ///
    /// - Parameters:
    ///   - countLimit: How many are kept; at times a quarter more.
    ///   - sizeLimit: How much they may have in all, in bytes; one is always kept.
    ///   - sizeOf: How many bytes one has.
    init(countLimit: Int, sizeLimit: Int, sizeOf: @escaping @Sendable (Element) -> Int) {
        self.countLimit = countLimit
        self.sizeLimit = sizeLimit
        self.sizeOf = sizeOf
    }

    /// Adds one, and drops the oldest in blocks, so that it costs a constant time.
    ///
    /// - Returns: Those that are dropped.
    mutating func append(_ element: Element) -> [Element] {
        elements.append(element)
        size += sizeOf(element)
        var excess = 0
        if elements.count >= countLimit + max(1, countLimit / 4) {
            excess = elements.count - countLimit
        }
        var rest = size - elements.prefix(excess).reduce(0) { $0 + sizeOf($1) }
        while rest > sizeLimit, excess < elements.count - 1 {
            rest -= sizeOf(elements[excess])
            excess += 1
        }
        guard excess > 0 else { return [] }
        let dropped = Array(elements.prefix(excess))
        elements.removeFirst(excess)
        size = rest
        return dropped
    }

    /// Takes out the oldest, at most so many.
    mutating func takeFirst(_ count: Int) -> [Element] {
        let first = Array(elements.prefix(count))
        elements.removeFirst(first.count)
        size -= first.reduce(0) { $0 + sizeOf($1) }
        return first
    }

    /// Takes out those that are wanted.
    mutating func removeAll(_ isWanted: (Element) -> Bool) {
        elements.removeAll { element in
            guard isWanted(element) else { return false }
            size -= sizeOf(element)
            return true
        }
    }
}

extension Latest: Sendable where Element: Sendable {}
