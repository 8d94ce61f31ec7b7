/// Texts on their way to the screen: the newest up to a limit, and the count of the others.
struct TextQueue {
    /// How many texts were added, ever.
    private(set) var added = 0
    /// How many of them are written or dropped.
    private(set) var settled = 0

    private var texts: [String] = []
    private var first = 0
    private var dropped = 0

    /// Whether nothing is left to write.
    var isSettled: Bool { settled == added }

    /// Whether nothing is left to take.
    var isEmpty: Bool { count == 0 }

    private var count: Int { texts.count - first }

    /// Adds a text; the oldest is dropped where there are more than `limit`.
    mutating func append(_ text: String, limit: Int) {
        texts.append(text)
        added += 1
        guard count > limit else { return }
        first += 1
        dropped += 1
        compact()
    }

    /// The oldest texts, at most `count`, and how many before them were dropped since the last call.
    mutating func take(_ count: Int) -> Inbox.Batch {
        let stop = first + min(count, self.count)
        let batch = Inbox.Batch(
            dropped: dropped,
            texts: Array(texts[first..<stop]),
            isLast: stop == texts.count,
        )
        first = stop
        dropped = 0
        compact()
        return batch
    }

    /// Says that all that was taken is written.
    mutating func settle() {
        settled = added - count
    }

    /// Gives back the room of what is gone, when it is half of the whole.
    private mutating func compact() {
        guard first > texts.count / 2 else { return }
        texts.removeSubrange(..<first)
        first = 0
    }
}
