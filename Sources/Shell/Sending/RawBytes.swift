/// Bytes that are given as a word: `hex:00ff`, `@FILE`, `gob:TYPE@FILE.json`, or a text.
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
        if word.hasPrefix(Self.fileMark) {
            let path = HomePath.expanded(String(word.dropFirst()), home: home)
            self = .exact(try InputFile.read(path))
        } else if word.hasPrefix(Self.hexMark) {
            try self.init(hexadecimal: word.dropFirst(Self.hexMark.count))
        } else {
            self = .text(Array(word.utf8))
        }
    }

    /// Reads digits, with or without spaces between them.
    ///
    /// - Throws: ``Failure`` where they are none.
    init(hexadecimal digits: Substring) throws {
        self = .exact(try Self.bytes(hex: digits))
    }

    /// Reads a word as it was written, where nothing but bytes can stand.
    ///
    /// What is quoted is what it stands for, whatever it begins with. On a line everything else must say
    /// what it is; an argument of a process stands in quotes of a shell, which has none of Go's escapes:
    /// it is what stands in a literal.
    ///
    /// - Parameters:
    ///   - word: The word.
    ///   - source: Where its bytes may be.
    /// - Throws: ``Failure``, as `init(_:home:)` does, and where it is none.
    init(written word: Words.Written, from source: RawSource) throws {
        let isMarked = [Self.fileMark, Self.hexMark].contains { word.bytes.starts(with: $0.utf8) }
        if word.isQuoted {
            self = .text(word.bytes)
        } else if let value = try RawValue(word.bytes) {
            let path = HomePath.expanded(value.path, home: source.home)
            self = .exact(try source.gob(value.type, path))
        } else if isMarked {
            try self.init(typed: word.bytes, home: source.home)
        } else if word.column == nil {
            self = .text(try Self.unescaped(word.bytes))
        } else {
            let shown = String(decoding: word.bytes, as: UTF8.self).shown
            let forms = "\"…\" with Go's escapes, '…', hex:00ff, @FILE or gob:TYPE@FILE.json"
            throw Failure(.usage, "\"\(shown)\" is no bytes: it takes \(forms)")
        }
    }

    /// What stands before hexadecimal digits.
    static let hexMark = "hex:"
    /// What stands before the path of a file.
    static let fileMark = "@"

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

    private static func unescaped(_ text: [UInt8]) throws -> [UInt8] {
        do {
            return try GoString.unescaped(text)
        } catch {
            let shown = String(decoding: text, as: UTF8.self).shown
            throw Failure(.usage, "\"\(shown)\": \(error)")
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
