/// Go's interpreted string literals (The Go Programming Language Specification, "String literals").
enum GoString {
    /// Reads a literal in double quotes.
    ///
    /// - Parameters:
    ///   - line: The text it stands in.
    ///   - position: Where its first quote is; moved past the last one.
    /// - Returns: The bytes that it stands for.
    /// - Throws: ``WordError`` with the column of what is wrong.
    static func parse(_ line: [UInt8], _ position: inout Int) throws(WordError) -> [UInt8] {
        let start = position
        var bytes: [UInt8] = []
        position += 1
        while position < line.count {
            switch line[position] {
            case UInt8(ascii: "\""):
                position += 1
                return bytes
            case UInt8(ascii: "\\"):
                bytes += try escape(line, &position)
            case let byte:
                bytes.append(byte)
                position += 1
            }
        }
        throw .unterminated(column: start + 1)
    }

    /// Reads what stands in a literal, without its quotes.
    ///
    /// - Returns: The bytes that it stands for.
    /// - Throws: ``WordError`` with the column of an escape that is none.
    static func unescaped(_ text: [UInt8]) throws(WordError) -> [UInt8] {
        var bytes: [UInt8] = []
        var position = 0
        while position < text.count {
            if text[position] == UInt8(ascii: "\\") {
                bytes += try escape(text, &position)
            } else {
                bytes.append(text[position])
                position += 1
            }
        }
        return bytes
    }

    private static let simple: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
        UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
        UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    ]

    private static func escape(
        _ line: [UInt8],
        _ position: inout Int,
    ) throws(WordError) -> [UInt8] {
        let column = position + 1
        guard position + 1 < line.count else { throw .badEscape(column: column) }
        let letter = line[position + 1]
        if let byte = simple[letter] {
            position += 2
            return [byte]
        }
        switch letter {
        case UInt8(ascii: "x"):
            return [UInt8(try number(line, &position, skip: 2, digits: 2, radix: 16))]
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let digits = letter == UInt8(ascii: "u") ? 4 : 8
            let value = try number(line, &position, skip: 2, digits: digits, radix: 16)
            guard let scalar = Unicode.Scalar(value) else { throw .badEscape(column: column) }
            return Array(String(scalar).utf8)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let value = try number(line, &position, skip: 1, digits: 3, radix: 8)
            guard value < 256 else { throw .badEscape(column: column) }
            return [UInt8(value)]
        default:
            throw .badEscape(column: column)
        }
    }

    private static func number(
        _ line: [UInt8],
        _ position: inout Int,
        skip: Int,
        digits: Int,
        radix: Int,
    ) throws(WordError) -> UInt32 {
        let start = position + skip
        guard start + digits <= line.count,
            line[start..<start + digits].allSatisfy({ $0 != UInt8(ascii: "+") }),
            let value = UInt32(
                String(decoding: line[start..<start + digits], as: UTF8.self),
                radix: radix
            )
        else { throw .badEscape(column: position + 1) }
        position = start + digits
        return value
    }
}
