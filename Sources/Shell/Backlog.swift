/// Things in the order in which they came, which are taken out a few at a time, in a constant time each.
struct Backlog<Element> {
    /// Those added since the oldest were put in order to be taken.
    private var latest: [Element] = []
    /// The oldest, the first of them last.
    private var oldest: [Element] = []
    /// How many there are.
    var count: Int { latest.count + oldest.count }
    /// How many bytes they have.
    private(set) var size = 0
    private let sizeOf: @Sendable (Element) -> Int

    /// None yet.
    ///
    /// - Parameter sizeOf: How many bytes one has.
    init(sizeOf: @escaping @Sendable (Element) -> Int) {
        self.sizeOf = sizeOf
    }

    /// Adds one behind all others.
    mutating func append(_ element: Element) {
        latest.append(element)
        size += sizeOf(element)
    }

    /// Takes out the oldest, at most so many.
    mutating func takeFirst(_ count: Int) -> [Element] {
        if oldest.isEmpty {
            oldest = latest.reversed()
            latest = []
        }
        let first = Array(oldest.suffix(count).reversed())
        oldest.removeLast(first.count)
        size -= first.reduce(0) { $0 + sizeOf($1) }
        return first
    }
}

extension Backlog: Sendable where Element: Sendable {}
