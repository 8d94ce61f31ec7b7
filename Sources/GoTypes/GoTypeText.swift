extension GoType {
    /// The type on one line, as `gofmt` would write it.
    package var text: String {
        switch self {
        case .basic(let basic): basic.rawValue
        case .interface(""): "any"
        case .interface("Error() string"): "error"
        case .interface(let methods): "interface{ \(methods) }"
        case .pointer(let type): "*" + type.text
        case .slice(.basic(.uint8)): "[]byte"
        case .slice(let type): "[]" + type.text
        case .array(let count, let type): "[\(count)]" + type.text
        case .map(let key, let value): "map[\(key.text)]\(value.text)"
        case .structure([]): "struct{}"
        case .structure(let fields): "struct{ \(fields.map(\.text).joined(separator: "; ")) }"
        case .named(let name): name
        case .unsent(let text): text
        }
    }
}

extension GoField {
    /// The field on one line, with its tag.
    var text: String {
        [isEmbedded ? "" : name, type.text, tag.isEmpty ? "" : tag.quotedInGo].filter {
            !$0.isEmpty
        }
        .joined(separator: " ")
    }
}

extension String {
    /// The text as a string literal, raw where it can be.
    var quotedInGo: String {
        contains { $0 == "`" || $0.isNewline } ? interpretedInGo : "`\(self)`"
    }

    /// The text as a string literal with escapes, as `strconv.Quote` and `%q` write it.
    var interpretedInGo: String {
        let escaped = unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\n": "\\n"
            case "\t": "\\t"
            case "\r": "\\r"
            case "\0"..."\u{1F}", "\u{7F}":
                (scalar.value < 16 ? "\\x0" : "\\x") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
