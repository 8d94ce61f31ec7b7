/// The word at the cursor, as far as it is typed.
struct TypedWord: Equatable {
    /// In what the cursor stands.
    enum Place: Equatable {
        /// In a word, outside of quotes.
        case word
        /// Inside double quotes, where Go's escapes are taken.
        case doubleQuotes
        /// Inside single quotes, where none is.
        case singleQuotes
        /// In the rest of the line, which is taken as it is typed.
        case text
    }

    /// What it stands for so far.
    let bytes: [UInt8]
    let place: Place
    /// Whether the cursor is where a word begins.
    let isStart: Bool

    init(_ bytes: some Sequence<UInt8>, _ place: Place, isStart: Bool) {
        self.bytes = Array(bytes)
        self.place = place
        self.isStart = isStart
    }

    /// What completes it to a word, written so that the parser reads that word.
    ///
    /// - Parameters:
    ///   - word: What is meant; begins with what is typed.
    ///   - isWhole: Whether quotes are to end.
    /// - Returns: What goes in at the cursor, or `nil` where the word cannot be written there.
    func rest(of word: [UInt8], isWhole: Bool) -> String? {
        let rest = Array(word.dropFirst(bytes.count))
        let text = String(decoding: rest, as: UTF8.self)
        let escaped = String(Harmless.quoted(rest).dropFirst().dropLast())
        let isPlain = escaped == text
        switch place {
        case .text:
            return isPlain ? text : nil
        case .word:
            let plain = isStart && rest.first == UInt8(ascii: "#") ? "" : Self.plainStart(of: text)
            let quoted = Harmless.quoted(Array(text.utf8.dropFirst(plain.utf8.count)))
            return quoted == "\"\"" ? plain : plain + (isWhole ? quoted : String(quoted.dropLast()))
        case .doubleQuotes:
            return escaped + (isWhole ? "\"" : "")
        case .singleQuotes:
            let isHarmless = Harmless.text(rest) == text
            if isHarmless, !rest.contains(UInt8(ascii: "'")) { return text + (isWhole ? "'" : "") }
            return "'\"" + escaped + (isWhole ? "\"" : "")
        }
    }

    /// The quote that ends what the cursor is in.
    var closingQuote: UInt8? {
        switch place {
        case .word, .text: nil
        case .doubleQuotes: UInt8(ascii: "\"")
        case .singleQuotes: UInt8(ascii: "'")
        }
    }

    /// The beginning that stands for itself outside of quotes.
    private static func plainStart(of text: String) -> String {
        var start = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isSeparator = " \t\"'".unicodeScalars.contains(scalar)
            let isPlain = Harmless.quoted(Array(String(scalar).utf8)) == "\"\(scalar)\""
            guard isPlain, !isSeparator else { break }
            start.append(scalar)
        }
        return String(start)
    }
}

/// Takes the words before the cursor, one after the other, and at the end the one at the cursor.
struct CursorScanner {
    enum Found: Equatable {
        /// A word with a space behind it.
        case word(String)
        /// The word at the cursor, which may be empty.
        case typed(TypedWord)
        /// A comment, or what is no word.
        case nothing
    }

    private let line: [UInt8]
    private(set) var position: Int

    /// - Parameters:
    ///   - line: The line, as far as the cursor.
    ///   - position: Where the first word is.
    init(_ line: some Sequence<UInt8>, from position: Int = 0) {
        self.line = Array(line)
        self.position = position
    }

    /// What is left, without the spaces before it.
    mutating func text() -> [UInt8] {
        skipSpaces()
        return Array(line[position...])
    }

    /// Takes the next word.
    mutating func next() -> Found {
        skipSpaces()
        let start = position
        guard position < line.count, line[position] != UInt8(ascii: "#") else {
            return position < line.count ? .nothing : .typed(TypedWord([], .word, isStart: true))
        }
        var word: [UInt8] = []
        while position < line.count {
            switch line[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                return String(validating: word, as: UTF8.self).map { .word($0) } ?? .nothing
            case UInt8(ascii: "\""):
                var end = position
                guard let literal = try? GoString.parse(line, &end) else {
                    return openDoubleQuotes(after: word)
                }
                word += literal
                position = end
            case UInt8(ascii: "'"):
                let content = line[(position + 1)...]
                guard let end = content.firstIndex(of: UInt8(ascii: "'")) else {
                    return .typed(TypedWord(word + content, .singleQuotes, isStart: false))
                }
                word += content[..<end]
                position = end + 1
            case let byte:
                word.append(byte)
                position += 1
            }
        }
        return .typed(TypedWord(word, .word, isStart: position == start))
    }

    private func openDoubleQuotes(after word: [UInt8]) -> Found {
        var position = position
        let closed = line + [UInt8(ascii: "\"")]
        guard let literal = try? GoString.parse(closed, &position), position == closed.count else {
            return .nothing
        }
        return .typed(TypedWord(word + literal, .doubleQuotes, isStart: false))
    }

    private mutating func skipSpaces() {
        while position < line.count,
            line[position] == UInt8(ascii: " ") || line[position] == UInt8(ascii: "\t")
        {
            position += 1
        }
    }
}
