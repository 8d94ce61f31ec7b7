/// Strings as Go's `encoding/json` writes them.
extension String {
    /// Quoted, with the escapes of Go, which keep the text harmless inside HTML too.
    var goJSON: String {
        var quoted: [UInt8] = []
        quoted.appendGoJSON(utf8.span)
        return String(decoding: quoted, as: UTF8.self)
    }
}

extension [UInt8] {
    /// Adds UTF-8 as ``Swift/String/goJSON`` writes it.
    mutating func appendGoJSON(_ text: Span<UInt8>) {
        append(quote)
        // What needs no escape is added at once, since that is most of it.
        var start = 0
        var index = 0
        while index < text.count {
            let length = escapedLength(text, index)
            guard length > 0 else {
                index += 1
                continue
            }
            append(text, start..<index)
            appendEscape(text[index + length - 1], length)
            index += length
            start = index
        }
        append(text, start..<text.count)
        append(quote)
    }

    private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        text.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    /// Adds what stands for a character of so many bytes, the last of which tells it from others.
    private mutating func appendEscape(_ last: UInt8, _ length: Int) {
        append(UInt8(ascii: "\\"))
        switch last {
        case quote, UInt8(ascii: "\\"): append(last)
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x08: append(UInt8(ascii: "b"))
        case 0x0C: append(UInt8(ascii: "f"))
        case _ where length > 1:
            self += last == 0xA8 ? "u2028".utf8 : "u2029".utf8
        default:
            self += "u00".utf8
            append(hexDigit(last >> 4))
            append(hexDigit(last & 0xF))
        }
    }
}

private let quote = UInt8(ascii: "\"")

private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}

/// How many bytes the character has that begins at an index, if it is not itself; else none.
private func escapedLength(_ bytes: Span<UInt8>, _ index: Int) -> Int {
    switch bytes[index] {
    case 0..<0x20, quote, UInt8(ascii: "\\"): return 1
    // Inside HTML they would mean something else.
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): return 1
    case 0xE2:
        // U+2028 and U+2029, which end a line of JavaScript.
        return bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8 ? 3 : 0
    default: return 0
    }
}
