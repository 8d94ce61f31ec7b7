/// Writes types as `gofmt` does: a struct's fields on lines of their own, in columns.
struct GoPrinter {
    private var lines: [String] = []

    /// A declaration; `nil` where its source could not be understood.
    static func text(of declaration: GoDeclaration) -> String? {
        switch declaration.body {
        case .refused: nil
        case .alias(let type): text(of: type, after: "type \(declaration.name) = ")
        case .type(let type): text(of: type, after: "type \(declaration.name) ")
        }
    }

    /// A type after what stands before it on its line.
    static func text(of type: GoType, after start: String) -> String {
        var printer = GoPrinter()
        printer.write(type, after: start, ending: "", indentation: "")
        return printer.lines.joined(separator: "\n")
    }

    private mutating func write(
        _ type: GoType,
        after start: String,
        ending: String,
        indentation: String,
    ) {
        guard let (prefix, fields) = type.openStructure else {
            lines.append(start + type.text + ending)
            return
        }
        lines.append("\(start)\(prefix)struct {")
        write(fields, indentation: indentation + "\t")
        lines.append("\(indentation)}\(ending)")
    }

    /// Fields in columns: of consecutive lines the types begin in one column, and so do the tags.
    private mutating func write(_ fields: [GoField], indentation: String) {
        var sections: [[GoField]] = [[]]
        for field in fields {
            sections[sections.count - 1].append(field)
            if field.type.openStructure != nil { sections.append([]) }
        }
        for section in sections {
            let named = section.filter { !$0.isEmbedded }
            let nameWidth = named.map(\.name.count).max() ?? 0
            let typeWidth =
                section.filter { $0.type.openStructure == nil && !$0.isEmbedded }
                .map(\.type.text.count).max() ?? 0
            for field in section {
                let name = field.isEmbedded ? "" : field.name.padded(to: nameWidth) + " "
                var tag = ""
                if !field.tag.isEmpty {
                    let isAlone = field.isEmbedded || field.type.openStructure != nil
                    let width = isAlone ? 0 : typeWidth - field.type.text.count
                    tag = String(repeating: " ", count: max(0, width) + 1) + field.tag.quotedInGo
                }
                write(
                    field.type,
                    after: indentation + name,
                    ending: tag,
                    indentation: indentation
                )
            }
        }
    }
}

extension GoType {
    /// The fields of a struct that is written on several lines, and what stands before it.
    fileprivate var openStructure: (prefix: String, fields: [GoField])? {
        switch self {
        case .structure(let fields): return fields.isEmpty ? nil : ("", fields)
        case .pointer(let type): return type.openStructure.map { ("*" + $0.prefix, $0.fields) }
        case .slice(let type): return type.openStructure.map { ("[]" + $0.prefix, $0.fields) }
        case .array(let count, let type):
            return type.openStructure.map { ("[\(count)]" + $0.prefix, $0.fields) }
        case .map(let key, let value):
            return value.openStructure.map { ("map[\(key.text)]" + $0.prefix, $0.fields) }
        case .basic, .interface, .named, .unsent: return nil
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
