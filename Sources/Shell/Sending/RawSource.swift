/// Where bytes are that words only name.
struct RawSource: Sendable {
    /// What `~/` stands for at the beginning of a path.
    let home: String?
    /// The gob stream of the value of a type that a JSON file describes.
    let gob: @Sendable (_ type: String, _ path: String) throws -> [UInt8]
}

/// The value that a word names: `gob:TYPE@FILE.json`.
struct RawValue: Equatable {
    /// What stands before the type.
    static let mark = "gob:"

    /// Its type, which has no `@` in it.
    let type: String
    let path: String

    /// Reads a word.
    ///
    /// - Returns: `nil` where it does not begin so.
    /// - Throws: ``Failure`` where it goes on otherwise.
    init?(_ bytes: [UInt8]) throws {
        guard bytes.starts(with: Self.mark.utf8) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.dropFirst(Self.mark.count).split(
            separator: RawBytes.fileMark,
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, text.utf8.elementsEqual(bytes)
        else {
            let reason = "a value is a type and a file, as in gob:Order@order.json"
            throw Failure(.usage, "\"\(text.shown)\": \(reason)")
        }
        (type, path) = (String(parts[0]), String(parts[1]))
    }
}

extension Session {
    /// The files and types of this session.
    var rawSource: RawSource {
        RawSource(home: home) { [self] type, path in
            try value(of: path, as: type, after: RawValue.mark).stream
        }
    }
}
