/// Bytes that are given as a word: `hex:00ff`, `@FILE`, or a text.
enum RawBytes: Equatable {
    /// Exactly these.
    case exact([UInt8])
    /// A text, which is a line where a line is wanted.
    case text([UInt8])

    /// Reads a word.
    ///
    /// - Parameters:
    ///   - word: The word.
    ///   - home: What `~/` stands for at the beginning of a path.
    /// - Throws: ``Failure`` where it is no number of hexadecimal digits, or no file.
    init(_ word: String, home: String?) throws {
        if word.hasPrefix("@") {
            let path = HomePath.expanded(String(word.dropFirst()), home: home)
            self = .exact(try InputFile.read(path))
        } else if word.hasPrefix("hex:") {
            self = .exact(try Self.bytes(hex: word.dropFirst(4)))
        } else {
            self = .text(Array(word.utf8))
        }
    }

    /// Reads the rest of a line, which may be any bytes.
    ///
    /// - Throws: ``Failure``, as `init(_:home:)` does.
    init(typed bytes: [UInt8], home: String?) throws {
        guard let word = String(validating: bytes, as: UTF8.self) else {
            self = .text(bytes)
            return
        }
        try self.init(word, home: home)
    }

    /// The bytes, whatever is wanted.
    var bytes: [UInt8] {
        switch self {
        case .exact(let bytes), .text(let bytes): bytes
        }
    }

    private static func bytes(hex text: Substring) throws -> [UInt8] {
        let digits = text.utf8.filter { $0 != UInt8(ascii: " ") }
        let values = digits.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard values.count == digits.count, values.count.isMultiple(of: 2) else {
            let reason = "two digits from 0 to f make a byte, as in hex:00ff"
            throw Failure(.usage, "\"hex:\(String(text).shown)\": \(reason)")
        }
        return stride(from: 0, to: values.count, by: 2).map {
            UInt8(values[$0] << 4 | values[$0 + 1])
        }
    }
}
