/// The words of a command, taken one after the other, and what is left as text.
///
/// A line typed or read from a script is split by the rules of the man page: words are separated by
/// spaces; `"…"` takes Go's escapes, `'…'` takes none; `#` at the start of a word begins a comment.
/// The arguments of a process are words already.
package struct Words: Sendable {
    private enum Source: Sendable {
        case line([UInt8], position: Int)
        case words(ArraySlice<[UInt8]>)
    }

    private var source: Source
    /// Where in the line the word begins that was taken last, in bytes from 1; `nil` before the
    /// first, and for words that were separated by somebody else.
    private(set) var column: Int?

    /// The words of a line, without its line end.
    package init(line: [UInt8]) {
        source = .line(line, position: 0)
    }

    /// Words that were separated by somebody else.
    package init(words: [String]) {
        source = .words(words.map { Array($0.utf8) }[...])
    }

    /// A word with the way in which it was written.
    struct Written: Sendable, Equatable {
        /// What it stands for; any bytes.
        let bytes: [UInt8]
        /// Whether it begins with a quote.
        let isQuoted: Bool
        /// Where in the line it begins, in bytes from 1; `nil` for one that somebody else separated.
        let column: Int?

        /// Whether it is a keyword, which none is that is quoted.
        func isKeyword(in keywords: [String]) -> Bool {
            !isQuoted && keywords.contains { $0.utf8.elementsEqual(bytes) }
        }
    }

    /// Whether they are those of a line.
    var isLine: Bool {
        if case .line = source { true } else { false }
    }

    /// The next word, or `nil` where none is left.
    package mutating func next() throws(WordError) -> String? {
        guard let bytes = try nextBytes() else { return nil }
        guard let word = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return word
    }

    /// What is left, as text, or `nil` where nothing is.
    ///
    /// Of a line it is the rest as it was typed, or, where that is exactly one literal, what it
    /// stands for; of words it is all of them, joined by spaces.
    package mutating func text() throws(WordError) -> [UInt8]? {
        switch source {
        case .words(let words):
            source = .words([])
            return words.isEmpty ? nil : Array(words.joined(separator: [UInt8(ascii: " ")]))
        case .line(let line, var position):
            skipSpaces(line, &position)
            source = .line(line, position: line.count)
            column = position + 1
            guard position < line.count else { return nil }
            return try wholeLiteral(line, position) ?? Array(line[position...])
        }
    }

    /// The next word as it was written, or `nil` where none is left.
    mutating func nextWritten() throws(WordError) -> Written? {
        let isQuoted = isAtQuote
        guard let bytes = try nextBytes() else { return nil }
        return Written(bytes: bytes, isQuoted: isQuoted, column: column)
    }

    /// Whether the next word begins with a quote.
    private var isAtQuote: Bool {
        guard case .line(let line, var position) = source else { return false }
        skipSpaces(line, &position)
        guard position < line.count else { return false }
        return line[position] == UInt8(ascii: "\"") || line[position] == UInt8(ascii: "'")
    }

    private mutating func nextBytes() throws(WordError) -> [UInt8]? {
        switch source {
        case .words(var words):
            let word = words.popFirst()
            source = .words(words)
            return word
        case .line(let line, var position):
            skipSpaces(line, &position)
            column = position + 1
            guard position < line.count, line[position] != UInt8(ascii: "#") else {
                source = .line(line, position: line.count)
                return nil
            }
            let word = try word(line, &position)
            source = .line(line, position: position)
            return word
        }
    }

    /// A word, of which any part may be quoted.
    private func word(_ line: [UInt8], _ position: inout Int) throws(WordError) -> [UInt8] {
        var word: [UInt8] = []
        while position < line.count, !isSpace(line[position]) {
            switch line[position] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): word += try literal(line, &position)
            case let byte:
                word.append(byte)
                position += 1
            }
        }
        return word
    }

    private func literal(_ line: [UInt8], _ position: inout Int) throws(WordError) -> [UInt8] {
        if line[position] == UInt8(ascii: "\"") { return try GoString.parse(line, &position) }
        guard let end = line[(position + 1)...].firstIndex(of: UInt8(ascii: "'")) else {
            throw .unterminated(column: position + 1)
        }
        defer { position = end + 1 }
        return Array(line[position + 1..<end])
    }

    /// What the rest of the line stands for, where it is one literal and nothing else.
    private func wholeLiteral(_ line: [UInt8], _ start: Int) throws(WordError) -> [UInt8]? {
        let quote = line[start]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let end = line.lastIndex { !isSpace($0) } ?? start
        guard end > start, line[end] == quote else { return nil }
        var position = start
        guard let text = try? literal(line, &position), position == end + 1 else { return nil }
        return text
    }

    private func skipSpaces(_ line: [UInt8], _ position: inout Int) {
        while position < line.count, isSpace(line[position]) { position += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}

/// Why a line cannot be split into words.
package enum WordError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A quote that begins at a column, counted from 1, is not ended.
    case unterminated(column: Int)
    /// An escape at a column that Go does not have.
    case badEscape(column: Int)
    /// A word that is no UTF-8.
    case notUTF8

    package var description: String {
        switch self {
        case .unterminated(let column): "the quote at column \(column) is not ended"
        case .badEscape(let column): "the escape at column \(column) is none of Go's"
        case .notUTF8: "a word is not UTF-8"
        }
    }

    /// Where in the line it is, in bytes from 1, where that is not the beginning of a word.
    var column: Int? {
        switch self {
        case .unterminated(let column), .badEscape(let column): column
        case .notUTF8: nil
        }
    }
}

extension Failure {
    /// The failure that a word is which cannot be taken from a line.
    init(_ error: WordError, in words: Words) {
        self = Failure(.usage, error.description).at(column: error.column ?? words.column)
    }
}
