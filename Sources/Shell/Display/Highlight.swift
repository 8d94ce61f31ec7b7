/// Colours a row of a Go literal or of JSON: its strings, and the names before colons.
///
/// A row is coloured for itself, after it was written: strings in it have no line end.
struct Highlight {
    let style: Style

    /// The row in colours.
    func row(_ row: String) -> String {
        guard style.isColored else { return row }
        var text = ""
        var rest = Substring(row).unicodeScalars
        while let first = rest.first {
            let token =
                first == "\""
                ? quoted(rest)
                : rest.prefix { isPartOfName($0) == isPartOfName(first) && $0 != "\"" }
            rest = rest.dropFirst(token.count)
            text += paint(Substring(token), isName: rest.first == ":", isQuoted: first == "\"")
        }
        return text
    }

    private func paint(_ token: Substring, isName: Bool, isQuoted: Bool) -> String {
        let token = String(token)
        if isName, isQuoted || token.unicodeScalars.allSatisfy(isPartOfName) {
            return style.paint(token, as: .name)
        }
        return isQuoted ? style.paint(token, as: .string) : token
    }

    /// A string with its quotes, or what there is of it.
    private func quoted(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var isEscaped = false
        var index = text.index(after: text.startIndex)
        while index < text.endIndex {
            let scalar = text[index]
            index = text.index(after: index)
            if isEscaped {
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                break
            }
        }
        return text[..<index]
    }

    private func isPartOfName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == "." || scalar.properties.isAlphabetic
            || 0x30...0x39 ~= scalar.value
    }
}
