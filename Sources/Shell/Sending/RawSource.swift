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
        let named = bytes.dropFirst(Self.mark.utf8.count)
        let parts = named.split(
            separator: UInt8(ascii: "@"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let shown = String(decoding: bytes, as: UTF8.self).shown
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            let reason = "a value is a type and a file, as in gob:Order@order.json"
            throw Failure(.usage, "\"\(shown)\": \(reason)")
        }
        guard let type = String(validating: parts[0], as: UTF8.self),
            let path = String(validating: parts[1], as: UTF8.self)
        else { throw Failure(.usage, "\"\(shown)\": it is not UTF-8") }
        (self.type, self.path) = (type, path)
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
