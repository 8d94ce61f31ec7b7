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
        var escaped = ""
        var marks = Marks()
        for scalar in text.unicodeScalars {
            // A quote is ours and carries nothing.
            if scalar == "\"" { marks = Marks() }
            if marks.escaped(scalar) == nil {
                escaped.unicodeScalars.append(scalar)
                if scalar == "\"" { marks = Marks() }
            } else {
                for unit in String(scalar).utf16 { escaped += "\\u" + hex(UInt32(unit), digits: 4) }
            }
        }
        return escaped
    }

    private static func escape(_ bytes: [UInt8], quoting: Bool) -> String {
        if bytes.allSatisfy({ isPlain($0, quoting: quoting) }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        var text = ""
        text.reserveCapacity(bytes.count)
        var marks = Marks()
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .emptyInput: return text
            case .error(let length):
                for byte in bytes[offset..<offset + length] { text += hexEscape(byte) }
                offset += length
                marks = Marks()
            case .valid(let encoded):
                offset += encoded.count
                let scalar = Unicode.UTF8.decode(encoded)
                append(scalar, marks.escaped(scalar), to: &text, quoting: quoting)
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
        to text: inout String,
        quoting: Bool,
    ) {
        switch scalar {
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\"" where quoting: text += "\\\""
        case "\\" where quoting: text += "\\\\"
        case "\0"..."\u{1F}", "\u{7F}": text += hexEscape(UInt8(scalar.value))
        case let scalar where kind != nil: text += unicodeEscape(scalar)
        default: text.unicodeScalars.append(scalar)
        }
    }

    private static func hexEscape(_ byte: UInt8) -> String { "\\x" + hex(UInt32(byte), digits: 2) }

    private static func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
        scalar.value > 0xFFFF
            ? "\\U" + hex(scalar.value, digits: 8) : "\\u" + hex(scalar.value, digits: 4)
    }

    private static func hex(_ number: UInt32, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }
}

/// Counts the marks on a character, since one that carries dozens covers the rows around it.
private struct Marks {
    /// How many a character carries in scripts that are in use, with some to spare.
    private static let limit = 8

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
