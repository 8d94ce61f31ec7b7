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

    /// Writes fields in columns.
    ///
    /// Of consecutive lines the types begin in one column, and of those that have tags the tags. An
    /// embedded field stands alone.
    private mutating func write(_ fields: [GoField], indentation: String) {
        for section in fields.sections(endingAfter: { $0.isEmbedded || $0.isOpen }) {
            let nameWidth = section.map { $0.isEmbedded ? 0 : $0.name.count }.max() ?? 0
            for run in section.sections(endingAfter: { $0.tag.isEmpty }) {
                let isClosed = { (field: GoField) in !field.isOpen && !field.tag.isEmpty }
                let typeWidth = run.filter(isClosed).map(\.type.text.count).max() ?? 0
                for field in run {
                    let name = field.isEmbedded ? "" : field.name.padded(to: nameWidth) + " "
                    let space = field.isOpen ? 0 : max(0, typeWidth - field.type.text.count)
                    let tag =
                        field.tag.isEmpty
                        ? "" : String(repeating: " ", count: space + 1) + field.tag.quotedInGo
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
}

extension [GoField] {
    /// The fields in groups, each of which ends with one of a kind.
    fileprivate func sections(endingAfter isLast: (GoField) -> Bool) -> [[GoField]] {
        var sections: [[GoField]] = [[]]
        for field in self {
            // What is alone begins a group, too.
            if field.isEmbedded, !sections[sections.count - 1].isEmpty { sections.append([]) }
            sections[sections.count - 1].append(field)
            if isLast(field) { sections.append([]) }
        }
        return sections.filter { !$0.isEmpty }
    }
}

extension GoField {
    /// Whether it is written on several lines.
    fileprivate var isOpen: Bool { type.openStructure != nil }
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
