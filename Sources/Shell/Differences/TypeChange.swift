/// A type that a peer has sent before, and in another way.
struct TypeChange: Sendable {
    /// The message that had the type as it was before.
    let since: Int
    /// How it is another one now.
    let differences: [Difference]

    /// How many differences are named.
    private static let limit = 3

    /// The change in a few words.
    var words: String {
        let named = differences.prefix(Self.limit).map { $0.row(.plain) }.joined(separator: "; ")
        let more = differences.count - Self.limit
        return "another type than in #\(since): \(named)" + (more > 0 ? "; \(more) more" : "")
    }
}
