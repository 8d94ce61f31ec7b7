/// Text from a peer, made harmless before it reaches a screen.
///
/// A terminal obeys control characters; bidirectional overrides make text read otherwise than it
/// is; a line end would let one message look like two. All these (``Escaped``) are shown as Go's
/// escapes: `\x1b`, `\u202e`, `\n`; bytes that are no UTF-8 as `\xff`.
enum Harmless {
    /// The text as it is, but for what must be escaped.
    static func text(_ bytes: [UInt8]) -> String {
        escape(bytes, quoting: false)
    }

    /// The text as it is, but for what must be escaped.
    static func text(_ string: String) -> String {
        escape(Array(string.utf8), quoting: false)
    }

    /// The text as a Go string literal, in double quotes.
    static func quoted(_ bytes: [UInt8]) -> String {
        "\"" + escape(bytes, quoting: true) + "\""
    }

    /// JSON with the same meaning in which nothing is harmful.
    static func json(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x7F }) else { return text }
        return String(decoding: json(Array(text.utf8)), as: UTF8.self)
    }

    /// JSON with the same meaning in which nothing is harmful, as UTF-8.
    static func json(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 >= 0x7F }) else { return text }
        var harmless: [UInt8] = []
        harmless.reserveCapacity(text.count + text.count / 4)
        var marks = Marks()
        var (start, index) = (0, 0)
        while index < text.count {
            let byte = text[index]
            if 0x20..<0x7F ~= byte {
                // A quote is ours and carries nothing.
                marks = byte == UInt8(ascii: "\"") ? Marks() : .afterCharacter
                index += 1
                continue
            }
            let (scalar, length) = character(text, index)
            if marks.escaped(scalar) != nil {
                harmless += text[start..<index]
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    harmless.append("\\u", UInt32(unit), digits: 4)
                }
                start = index + length
            }
            index += length
        }
        harmless += text[start...]
        return harmless
    }

    /// The character that begins at an index, and how many bytes it has.
    private static func character(_ text: [UInt8], _ index: Int) -> (Unicode.Scalar, length: Int) {
        guard text[index] >= 0x80 else { return (Unicode.Scalar(text[index]), 1) }
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = text[index..<min(index + 4, text.count)].makeIterator()
        guard case .valid(let encoded) = decoder.parseScalar(from: &iterator) else {
            return ("\u{FFFD}", 1)
        }
        return (Unicode.UTF8.decode(encoded), encoded.count)
    }

    private static func escape(_ bytes: [UInt8], quoting: Bool) -> String {
        let text = runs(of: bytes, isPlain: { isPlain($0, quoting: quoting) }) { run, marks, text in
            characters(of: run) { character, bytes in
                if let scalar = character {
                    append(scalar, marks.escaped(scalar), to: &text, quoting: quoting)
                } else {
                    for byte in bytes { text.append("\\x", UInt32(byte), digits: 2) }
                    marks = Marks()
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Text of which the plain runs are taken as they are, at once, and the runs between them as
    /// they are escaped.
    private static func runs(
        of bytes: [UInt8],
        isPlain: (UInt8) -> Bool,
        escape: (ArraySlice<UInt8>, inout Marks, inout [UInt8]) -> Void,
    ) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var marks = Marks()
        var rest = bytes[...]
        while let first = rest.first {
            let end = rest.firstIndex { isPlain($0) != isPlain(first) } ?? rest.endIndex
            let run = rest[..<end]
            rest = rest[end...]
            if isPlain(first) {
                text += run
                marks = .afterCharacter
            } else {
                escape(run, &marks, &text)
            }
        }
        return text
    }

    /// Every character of a run, or no character and bytes that are none.
    private static func characters(
        of run: ArraySlice<UInt8>,
        _ take: (Unicode.Scalar?, ArraySlice<UInt8>) -> Void,
    ) {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = run.makeIterator()
        var offset = run.startIndex
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .emptyInput: return
            case .error(let length):
                take(nil, run[offset..<offset + length])
                offset += length
            case .valid(let encoded):
                take(Unicode.UTF8.decode(encoded), run[offset..<offset + encoded.count])
                offset += encoded.count
            }
        }
    }

    /// Whether a byte is shown as it is, whatever is around it.
    private static func isPlain(_ byte: UInt8, quoting: Bool) -> Bool {
        guard 0x20...0x7E ~= byte else { return false }
        return !quoting || byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func append(
        _ scalar: Unicode.Scalar,
        _ kind: Escaped?,
        to text: inout [UInt8],
        quoting: Bool,
    ) {
        let value = scalar.value
        switch scalar {
        case "\n": text.append("\\n")
        case "\r": text.append("\\r")
        case "\t": text.append("\\t")
        case "\"" where quoting: text.append("\\\"")
        case "\\" where quoting: text.append("\\\\")
        case "\0"..."\u{1F}", "\u{7F}": text.append("\\x", value, digits: 2)
        case _ where kind != nil && value > 0xFFFF: text.append("\\U", value, digits: 8)
        case _ where kind != nil: text.append("\\u", value, digits: 4)
        default: text.append(scalar)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: String) {
        self += text.utf8
    }

    fileprivate mutating func append(_ scalar: Unicode.Scalar) {
        self += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }

    /// An escape, with the lowest digits of a number in base 16.
    fileprivate mutating func append(_ escape: String, _ number: UInt32, digits: Int) {
        append(escape)
        for digit in (0..<digits).reversed() {
            let value = UInt8(truncatingIfNeeded: number >> (4 * UInt32(digit)) & 0xF)
            append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
        }
    }
}

/// Counts the marks on a character, since one that carries dozens covers the rows around it.
private struct Marks {
    /// How many a character carries in scripts that are in use, with some to spare.
    private static let limit = 8

    /// Behind a character that is no mark.
    static let afterCharacter = Marks(room: limit)

    /// How many more the character before carries; none at the beginning, and after an escape.
    private var room = 0

    /// What the next character is, where it must not be shown as it is.
    mutating func escaped(_ scalar: Unicode.Scalar) -> Escaped? {
        if let kind = Escaped(scalar) {
            room = 0
            return kind
        }
        guard scalar.isMark else {
            room = Self.limit
            return nil
        }
        guard room > 0 else { return .mark }
        room -= 1
        return nil
    }
}

extension [UInt8] {
    /// The beginning of a text of so many bytes at most, which does not end inside a character.
    func textPrefix(_ limit: Int) -> [UInt8] {
        guard count > limit else { return self }
        // Four bytes is what a character has at most.
        let start = Swift.max(limit - 3, 0)
        let end = self[start...limit].lastIndex { $0 & 0xC0 != 0x80 } ?? limit
        return Array(self[..<end])
    }
}
