/// The documents of a text, one after the other: one a line (JSON Lines), or anyhow separated.
public struct JSONDocuments: Sendable {
    private var parser: JSONParser
    private var counted = 0
    /// The line in which the latest document begins, from 1.
    public private(set) var line = 1

    /// The documents of a text in UTF-8, perhaps after a byte order mark.
    public init(_ bytes: [UInt8]) {
        parser = JSONParser(bytes)
    }

    /// Whether no document is left.
    public var isAtEnd: Bool {
        var parser = parser
        return parser.isAtEnd
    }

    /// The next document, or `nil` where none is left.
    ///
    /// - Throws: ``GobJSONError`` with line and column of the first place that is wrong; there is
    ///   no going on after it.
    public mutating func next() throws(GobJSONError) -> JSONValue? {
        guard !parser.isAtEnd else { return nil }
        line += parser.lineCount(from: counted)
        counted = parser.offset
        do {
            return try parser.document()
        } catch {
            throw GobJSONError(error)
        }
    }
}
