/// Where two texts, or bytes, differ: what is between the parts that they have in common at their
/// beginnings and at their ends.
struct TextDifference {
    /// Where they begin to differ, in bytes from 0.
    let offset: Int
    /// What the first text has there.
    let old: ArraySlice<UInt8>
    /// What the second text has there.
    let new: ArraySlice<UInt8>

    /// How much of each is shown, in bytes.
    private static let byteLimit = 60

    /// Compares two texts; `nil` where they are equal.
    init?(_ old: [UInt8], _ new: [UInt8]) {
        guard old != new else { return nil }
        var start = zip(old, new).prefix { $0 == $1 }.count
        // A character is one of the two, or the other, as a whole.
        while start > 0, old.isInsideCharacter(at: start) || new.isInsideCharacter(at: start) {
            start -= 1
        }
        let rest = min(old.count, new.count) - start
        var end = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
        while end > 0, old.isInsideCharacter(at: old.count - end) { end -= 1 }
        offset = start
        self.old = old[start..<old.count - end]
        self.new = new[start..<new.count - end]
    }

    /// The difference of what is at a place.
    func difference(at place: String) -> Difference {
        Difference(
            place: "\(place) at offset \(offset)",
            old: Self.words(old),
            new: Self.words(new)
        )
    }

    /// A text as it is shown where it differs from another one.
    static func words(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.count > byteLimit else { return Harmless.quoted(Array(bytes)) }
        let start = Array(bytes).textPrefix(byteLimit)
        return "\(Harmless.quoted(start))… /* \(bytes.count) bytes */"
    }
}

extension [UInt8] {
    /// Whether a character of UTF-8 goes on at a byte.
    fileprivate func isInsideCharacter(at index: Int) -> Bool {
        index < count && self[index] & 0xC0 == 0x80
    }
}
