/// Strings as Go's `encoding/json` writes them.
extension String {
    /// Quoted, with the escapes of Go, which keep the text harmless inside HTML too.
    var goJSON: String {
        let bytes = Array(utf8)
        var quoted = [quote]
        quoted.reserveCapacity(bytes.count + 2)
        // What needs no escape is added at once, since that is most of it.
        var start = 0
        var index = 0
        while index < bytes.count {
            guard let (escape, length) = goJSONEscape(bytes, index) else {
                index += 1
                continue
            }
            quoted += bytes[start..<index]
            quoted += escape.utf8
            index += length
            start = index
        }
        quoted += bytes[start...]
        quoted.append(quote)
        return String(decoding: quoted, as: UTF8.self)
    }
}

private let quote = UInt8(ascii: "\"")

/// What stands for the character that begins at an index, if it is not itself, and how many bytes that has.
private func goJSONEscape(_ bytes: [UInt8], _ index: Int) -> (escape: String, length: Int)? {
    switch bytes[index] {
    case quote: return ("\\\"", 1)
    case UInt8(ascii: "\\"): return ("\\\\", 1)
    case 0x0A: return ("\\n", 1)
    case 0x0D: return ("\\r", 1)
    case 0x09: return ("\\t", 1)
    case 0x08: return ("\\b", 1)
    case 0x0C: return ("\\f", 1)
    case let byte where byte < 0x20:
        return ("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16), 1)
    case UInt8(ascii: "<"): return ("\\u003c", 1)
    case UInt8(ascii: ">"): return ("\\u003e", 1)
    case UInt8(ascii: "&"): return ("\\u0026", 1)
    case 0xE2:
        guard bytes[index + 1] == 0x80, bytes[index + 2] & 0xFE == 0xA8 else { return nil }
        return (bytes[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", 3)
    default: return nil
    }
}
