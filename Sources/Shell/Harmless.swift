/// Text from a peer, made harmless before it reaches a screen.
///
/// A terminal obeys control characters; bidirectional overrides make text read otherwise than it
/// is; a line end would let one message look like two. All these are shown as Go's escapes:
/// `\x1b`, `\u202e`, `\n`; bytes that are no UTF-8 as `\xff`. The man page has the table.
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
        for scalar in text.unicodeScalars {
            if scalar == "\u{7F}" || isHarmful(scalar) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func escape(_ bytes: [UInt8], quoting: Bool) -> String {
        var text = ""
        text.reserveCapacity(bytes.count)
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .emptyInput: return text
            case .error(let length):
                for byte in bytes[offset..<offset + length] { text += hexEscape(byte) }
                offset += length
            case .valid(let encoded):
                offset += encoded.count
                append(Unicode.UTF8.decode(encoded), to: &text, quoting: quoting)
            }
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String, quoting: Bool) {
        switch scalar {
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case "\"" where quoting: text += "\\\""
        case "\\" where quoting: text += "\\\\"
        case "\0"..."\u{1F}", "\u{7F}": text += hexEscape(UInt8(scalar.value))
        case let scalar where isHarmful(scalar): text += unicodeEscape(scalar)
        default: text.unicodeScalars.append(scalar)
        }
    }

    /// C1 controls, marks and overrides of direction, separators of lines, invisible tags.
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F,
            0x00AD, 0x115F, 0x1160, 0x180E, 0x2060...0x2065, 0x3164, 0xFEFF, 0xFFA0,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    private static func hexEscape(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private static func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFFFF ? 8 : 4
        let mark = width == 8 ? "\\U" : "\\u"
        return mark + String(repeating: "0", count: width - digits.count) + digits
    }
}
