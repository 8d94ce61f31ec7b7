/// A token of Go source, as far as declarations of types need it (Go specification, "Tokens").
struct GoToken: Equatable {
    let kind: Kind
    /// Where it begins, in bytes from the text's beginning.
    let offset: Int

    enum Kind: Equatable {
        case identifier(String)
        /// A keyword; one that matters here, or any other.
        case keyword(Keyword)
        /// A number as it is written.
        case number(String)
        /// A string literal: what is between the quotes, its escapes not resolved.
        case string(String, isRaw: Bool)
        /// An operator, a bracket or a rune: one byte of it.
        case symbol(UInt8)
        /// A semicolon, or a line end that stands for one.
        case semicolon
        case end
    }

    /// The keywords that begin declarations and types.
    enum Keyword: String {
        case package, `import`, const, `var`, type, `func`, map, chan, `struct`, interface
    }

    /// What stands here, for errors.
    var text: String {
        switch kind {
        case .identifier(let name): "\"\(name.utf8.count > 64 ? name.prefix(64) + "…" : name)\""
        case .keyword(let keyword): "\"\(keyword.rawValue)\""
        case .number(let text): "\(text.prefix(64))"
        case .string: "a string"
        case .symbol(let byte): "\"\(Character(Unicode.Scalar(byte)))\""
        case .semicolon: "the end of the line"
        case .end: "the end"
        }
    }

    func isSymbol(_ character: Unicode.Scalar) -> Bool {
        kind == .symbol(UInt8(truncatingIfNeeded: character.value))
    }
}
