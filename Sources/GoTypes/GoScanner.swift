/// Splits Go source into tokens, and puts a semicolon where a line end stands for one.
struct GoScanner {
    let bytes: [UInt8]
    private var offset = 0
    /// Whether a line end stands for a semicolon here (Go specification, "Semicolons").
    private var endsStatement = false

    init(_ source: String) {
        bytes = Array(source.utf8)
    }

    /// The next token; the end again and again at the end.
    mutating func next() throws(GoTypeError) -> GoToken {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\n"):
                if endsStatement { return token(.semicolon, from: offset) }
                offset += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
            case UInt8(ascii: "/") where follows("//"): passLine()
            case UInt8(ascii: "/") where follows("/*"): try passComment()
            default: return try visibleToken()
            }
        }
        return token(endsStatement ? .semicolon : .end, from: offset)
    }

    /// The place of an offset, counted when it is needed.
    func place(of offset: Int) -> GoTypeError.Place {
        let before = bytes[..<offset]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
        return GoTypeError.Place(line: line, column: column)
    }

    /// A part of the text.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private mutating func visibleToken() throws(GoTypeError) -> GoToken {
        let start = offset
        switch bytes[offset] {
        case UInt8(ascii: ";"):
            offset += 1
            return token(.semicolon, from: start)
        case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"): return try literal()
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            while offset < bytes.count, bytes[offset].isWord || bytes[offset] == UInt8(ascii: ".") {
                offset += 1
            }
            return token(.number(text(start..<offset)), from: start)
        case let byte where byte.isWord:
            while offset < bytes.count, bytes[offset].isWord { offset += 1 }
            return word(from: start)
        case let byte:
            offset += 1
            return token(.symbol(byte), from: start)
        }
    }

    /// A name or a keyword; a name with letters that Go does not allow is found out later.
    private mutating func word(from start: Int) -> GoToken {
        let word = text(start..<offset)
        if let keyword = GoToken.Keyword(rawValue: word) {
            return token(.keyword(keyword), from: start)
        }
        return token(.identifier(word), from: start)
    }

    private mutating func literal() throws(GoTypeError) -> GoToken {
        let start = offset
        let quote = bytes[offset]
        let isRaw = quote == UInt8(ascii: "`")
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == quote {
                let content = text(start + 1..<offset - 1)
                let isRune = quote == UInt8(ascii: "'")
                return token(
                    isRune ? .symbol(quote) : .string(content, isRaw: isRaw),
                    from: start,
                    isLiteral: true
                )
            }
            guard !isRaw else { continue }
            if byte == UInt8(ascii: "\\"), offset < bytes.count { offset += 1 }
            if byte == UInt8(ascii: "\n") { break }
        }
        throw GoTypeError(.unfinishedString, at: place(of: start))
    }

    private mutating func passLine() {
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    }

    /// Passes a comment in `/*` and `*/`; with a line end in it, it is one (Go specification).
    private mutating func passComment() throws(GoTypeError) {
        let start = offset
        offset += 2
        while offset < bytes.count, !follows("*/") { offset += 1 }
        guard offset < bytes.count else {
            throw GoTypeError(.unfinishedComment, at: place(of: start))
        }
        offset += 2
    }

    private func follows(_ text: StaticString) -> Bool {
        offset + 1 < bytes.count
            && text.withUTF8Buffer { bytes[offset] == $0[0] && bytes[offset + 1] == $0[1] }
    }

    private mutating func token(
        _ kind: GoToken.Kind,
        from start: Int,
        isLiteral: Bool = false,
    ) -> GoToken {
        switch kind {
        case .identifier, .number, .string: endsStatement = true
        case .symbol(let byte): endsStatement = isLiteral || [0x29, 0x5D, 0x7D].contains(byte)
        case .keyword, .semicolon, .end: endsStatement = false
        }
        return GoToken(kind: kind, offset: start)
    }
}

extension UInt8 {
    /// Whether it can stand in a name or a number.
    fileprivate var isWord: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
