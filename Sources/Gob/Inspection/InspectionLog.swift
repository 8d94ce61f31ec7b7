/// Writes down the parts of a stream that the walk comes to.
final class InspectionLog: WalkObserver {
    /// A part, and where it begins.
    struct Entry {
        let part: WalkPart
        let offset: Int
        let depth: Int
    }

    /// The parts, in their order.
    private(set) var parts: [Entry] = []
    /// Where the parts begin that were too many, and the one of them that was heard last.
    private(set) var untold: (first: Int, last: Entry)?
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// The same log without what comes from an offset on, which was read in vain.
    func before(_ offset: Int) -> InspectionLog {
        parts.removeAll { $0.offset >= offset }
        if let untold, untold.first >= offset { self.untold = nil }
        return self
    }

    static var isListening: Bool { true }

    func next(_ part: @autoclosure () -> WalkPart, at offset: Int, depth: Int) {
        let entry = Entry(part: part(), offset: offset, depth: depth)
        guard parts.count >= limit else { return parts.append(entry) }
        untold = (untold?.first ?? offset, entry)
    }
}
