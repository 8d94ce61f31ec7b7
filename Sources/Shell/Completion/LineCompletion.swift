package import LineEditing

extension CompletionContext {
    /// What Tab does in a line.
    ///
    /// A word that is the only one possible goes in whole, with a space; of several what they share,
    /// or else they are listed. Where a word is wanted that cannot be known, the command's synopsis
    /// is listed, which says what.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - cursor: How many bytes of it are before the cursor.
    /// - Returns: What goes in, or what is listed; neither where nothing is known.
    package func completion(of line: String, cursor: Int) -> Completion {
        let bytes = Array(line.utf8)
        let cursor = min(max(cursor, 0), bytes.count)
        var before = bytes[..<cursor]
        if isChat {
            guard before.first == UInt8(ascii: "/") else { return .nothing }
            before = before.dropFirst()
        }
        guard let wanted = commands.wanted(atEndOf: before) else { return .nothing }
        let after = bytes[cursor...]
        let matches = matches(wanted.choices, wanted.typed.bytes)
        if let word = word(matches, endingWith: after), let rest = wanted.typed.middle(word, after)
        {
            return Completion(insertion: rest, candidates: [])
        }
        if let only = matches.only {
            return Completion(insertion: wanted.typed.end(only, before: after), candidates: [])
        }
        guard matches.count > 0 else {
            let hint = wanted.typed.isStart ? wanted.synopsis : nil
            return Completion(insertion: "", candidates: hint.map { [$0] } ?? [])
        }
        // Of a folder that was not read whole it is not known what the names share.
        let common = matches.isCut ? wanted.typed.bytes : matches.common
        let insertion = wanted.typed.rest(of: common, isWhole: false) ?? ""
        let hasMore = common.count > wanted.typed.bytes.count
        guard !hasMore || insertion.isEmpty else {
            return Completion(insertion: insertion, candidates: [])
        }
        return Completion(
            insertion: "",
            candidates: matches.listed.map(\.shown),
            omitted: matches.omitted
        )
    }

    /// The word whose end stands behind the cursor already, if it is one.
    private func word(_ matches: Matches, endingWith after: ArraySlice<UInt8>) -> [UInt8]? {
        let end = after.prefix { $0 != UInt8(ascii: " ") }
        guard !end.isEmpty, matches.count <= Matches.listLimit else { return nil }
        let words = matches.listed.map(\.word).filter { $0.suffix(end.count) == end }
        return words.count == 1 ? words.first : nil
    }
}

extension TypedWord {
    /// What is missing between what is typed and the end that stands behind the cursor.
    fileprivate func middle(_ word: [UInt8], _ after: ArraySlice<UInt8>) -> String? {
        let end = after.prefix { $0 != UInt8(ascii: " ") }
        guard place == .word, bytes.count + end.count <= word.count else { return nil }
        return rest(of: word.dropLast(end.count), isWhole: true)
    }

    /// What ends a word, before what stands behind the cursor.
    fileprivate func end(_ match: Matches.Match, before after: ArraySlice<UInt8>) -> String {
        let hasQuote = closingQuote != nil && after.first == closingQuote
        let isEnd = !match.isOpen && !hasQuote
        guard let rest = rest(of: match.word, isWhole: isEnd) else { return "" }
        // In text a space would be a part of it.
        return rest + (isEnd && after.isEmpty && place != .text ? " " : "")
    }
}

extension Completion {
    fileprivate static let nothing = Completion(insertion: "", candidates: [])
}
