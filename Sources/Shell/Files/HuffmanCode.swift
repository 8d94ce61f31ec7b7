/// A prefix code, by the lengths of its words (RFC 1951, 3.2.2): words of one length are consecutive
/// numbers.
struct HuffmanCode: Sendable {
    /// Where the search for a word is.
    struct Search {
        var code = 0
        var first = 0
        var index = 0
        var length = 0
    }

    /// How many words there are of each length.
    private var counts = [Int](repeating: 0, count: 16)
    /// The symbols in the order of their words.
    private var symbols: [Int] = []

    static let fixedLengths = HuffmanCode(
        (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    )
    static let fixedDistances = HuffmanCode([Int](repeating: 5, count: 30))

    init(_ lengths: some Sequence<Int>) {
        let lengths = Array(lengths)
        for length in lengths { counts[length] += 1 }
        for length in 1...15 where counts[length] > 0 {
            symbols += lengths.indices.filter { lengths[$0] == length }
        }
        counts[0] = 0
    }

    /// Goes on by one bit: the symbol, if it was the last of its word.
    func next(_ bit: Int, _ search: inout Search) throws(Inflater.Fault) -> Int? {
        search.length += 1
        guard search.length <= 15 else { throw .malformed }
        search.code |= bit
        let count = counts[search.length]
        if search.code - search.first < count {
            guard search.code >= search.first else { throw .malformed }
            return symbols[search.index + search.code - search.first]
        }
        search.index += count
        search.first = (search.first + count) << 1
        search.code <<= 1
        return nil
    }
}
