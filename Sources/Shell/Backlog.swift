/// Things in the order in which they came, which are taken out a few at a time; to add one, and to take a
/// few, takes the same time however many there are.
struct Backlog<Element> {
    fileprivate struct Part {
        var elements: [Element] = []
        var size = 0
    }

    /// How many are taken at once, at most.
    static var mostTaken: Int { 256 }

    /// The parts that are left from the place on, the oldest first.
    private var parts: [Part] = []
    private var start = 0
    /// How many there are.
    private(set) var count = 0
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
        let bytes = sizeOf(element)
        if start == parts.count || parts[parts.count - 1].elements.count == Self.mostTaken {
            parts.append(Part())
        }
        parts[parts.count - 1].elements.append(element)
        parts[parts.count - 1].size += bytes
        count += 1
        size += bytes
    }

    /// Takes out the oldest, some of them.
    mutating func takeFirst() -> [Element] {
        guard start < parts.count else { return [] }
        let part = parts[start]
        parts[start] = Part()
        start += 1
        // Seldom, so that it takes no time.
        if start == parts.count || start > 1_024 && start > parts.count / 2 {
            parts.removeFirst(start)
            start = 0
        }
        count -= part.elements.count
        size -= part.size
        return part.elements
    }
}

extension Backlog: Sendable where Element: Sendable {}

extension Backlog.Part: Sendable where Element: Sendable {}
