private import FoundationEssentials

/// Bytes that are written as text, as they are when they are mailed, logged or looked at.
///
/// No gob stream is text itself: there is a byte above 0x7F, or a zero, in each.
struct TextBytes {
    let bytes: [UInt8]
    /// How they are written, in words.
    let form: String

    /// The bytes that a text spells; `nil` where it spells none.
    init?(_ text: [UInt8]) {
        guard !text.isEmpty, text.allSatisfy(Self.isText) else { return nil }
        if let bytes = Self.dump(text) {
            (self.bytes, form) = (bytes, "a hex dump")
        } else if let bytes = Self.digits(text[...]) {
            (self.bytes, form) = (bytes, "hexadecimal text")
        } else if let bytes = Self.base64(text) {
            (self.bytes, form) = (bytes, "base64 text")
        } else {
            return nil
        }
    }

    private static func isText(_ byte: UInt8) -> Bool {
        0x20...0x7E ~= byte || 0x09...0x0D ~= byte
    }

    /// Pairs of digits, with `0x` or `\x` before them or not, and spaces, line ends and commas between.
    private static func digits(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.first {
            if isText(byte), byte <= 0x20 || byte == UInt8(ascii: ",") {
                rest = rest.dropFirst()
                continue
            }
            if rest.starts(with: "0x".utf8) || rest.starts(with: "\\x".utf8) {
                rest = rest.dropFirst(2)
            }
            guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// What `hexdump -C` and `xxd` print: an offset, pairs of digits, and what they are as text.
    private static func dump(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let offset = line.prefix { $0.hexDigit != nil }
            guard offset.count >= 7 else { return nil }
            var rest = line[offset.endIndex...]
            let isXXD = rest.first == UInt8(ascii: ":")
            guard isXXD || rest.isEmpty || rest.starts(with: "  ".utf8) else { return nil }
            rest = rest.drop { $0 == UInt8(ascii: ":") || $0 == 0x20 }
            guard let row = digits(isXXD ? rest.beforeGap : rest.prefix { $0 != UInt8(ascii: "|") })
            else {
                // The last line of hexdump is an offset alone.
                guard rest.isEmpty, !bytes.isEmpty else { return nil }
                continue
            }
            bytes += row
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Base64 in either alphabet, with line ends or without them, and padded or not.
    private static func base64(_ text: [UInt8]) -> [UInt8]? {
        var digits = text.filter { $0 > 0x20 }
        for (from, to) in [("-", "+"), ("_", "/")] {
            guard let old = from.utf8.first, let new = to.utf8.first else { return nil }
            for index in digits.indices where digits[index] == old { digits[index] = new }
        }
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        guard digits.count > 1, digits.count % 4 != 1 else { return nil }
        digits += [UInt8](repeating: UInt8(ascii: "="), count: (4 - digits.count % 4) % 4)
        return Data(base64Encoded: Data(digits)).map { Array($0) }
    }
}

extension ArraySlice<UInt8> {
    /// What is before two spaces.
    fileprivate var beforeGap: ArraySlice<UInt8> {
        let gap = indices.dropLast().first { self[$0] == 0x20 && self[$0 + 1] == 0x20 }
        return self[..<(gap ?? endIndex)]
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    fileprivate var hexDigit: UInt8? {
        Character(Unicode.Scalar(self)).hexDigitValue.map { UInt8($0) }
    }
}
