/// The words that fit what is typed: how many, what they share, and the first of them by name.
///
/// However many there are, only some are kept.
struct Matches {
    /// How many are listed at most.
    static let listLimit = 100

    /// One of them.
    struct Match: Equatable {
        /// The word that is meant, from its beginning.
        let word: [UInt8]
        /// How it is listed; harmless.
        let shown: String
        /// Whether it goes on, as a folder does.
        var isOpen = false
    }

    /// Those that are listed.
    private(set) var listed: [Match] = []
    /// How many there are.
    private(set) var count = 0
    /// How many are not listed.
    var omitted: Int { count - listed.count }
    /// Whether there are more that were not looked at.
    var isCut = false
    private var shared: [UInt8] = []

    /// The beginning that all of them have; whole characters of Unicode.
    var common: [UInt8] {
        guard count > 1 else { return shared }
        var end = shared.count
        while end > 0, String(validating: shared[..<end], as: UTF8.self) == nil { end -= 1 }
        return Array(shared[..<end])
    }

    /// The only one, if it is one.
    var only: Match? { count == 1 && !isCut ? listed.first : nil }

    /// Takes in a word that is listed by the alphabet; one that is there is there once.
    mutating func add(_ match: Match) {
        guard !listed.contains(match) else { return }
        narrow(to: match.word)
        count += 1
        let index = listed.firstIndex { match.shown < $0.shown } ?? listed.count
        listed.insert(match, at: index)
        if listed.count > Self.listLimit { listed.removeLast() }
    }

    /// Takes in the name of a file where it comes after all that are listed; this is what most of
    /// the names in a large folder do, so that it must be quick.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - offset: How long the path before it is.
    /// - Returns: Whether it was taken in.
    mutating func addUnlisted(_ name: String, after offset: Int) -> Bool {
        guard listed.count == Self.listLimit, let last = listed.last, name > last.shown else {
            return false
        }
        var end = min(offset, shared.count)
        for byte in name.utf8 {
            guard end < shared.count, shared[end] == byte else { break }
            end += 1
        }
        if end < shared.count { shared.removeLast(shared.count - end) }
        count += 1
        return true
    }

    /// Takes in words, in the order in which they are listed.
    mutating func append(_ words: some Sequence<String>) {
        for word in words {
            let match = Match(word: Array(word.utf8), shown: Harmless.text(word))
            guard !listed.contains(match) else { continue }
            narrow(to: match.word)
            count += 1
            if listed.count < Self.listLimit { listed.append(match) }
        }
    }

    private mutating func narrow(to word: [UInt8]) {
        guard count > 0 else {
            shared = word
            return
        }
        var end = 0
        while end < min(shared.count, word.count), shared[end] == word[end] { end += 1 }
        if end < shared.count { shared.removeLast(shared.count - end) }
    }
}
