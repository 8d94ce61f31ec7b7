import Gob

/// Writes a gob value as an indented literal in the manner of Go, row by row.
///
/// It has a stack of its own, so that nesting is limited by memory only, and stops after as many
/// rows as are wanted, however large the value is.
struct GoLiteral {
    /// The rows so far.
    private(set) var rows: [String] = []
    /// Whether rows were left out.
    private(set) var isCut = false

    private let schema: GobSchema
    private let extent: Extent
    private var pending: [Work] = []

    /// A row to write, the next at the end of the stack.
    private enum Work {
        case value(GobValue, TypeIndex, Row)
        case close(String, Row)
    }

    /// What stands around a value in its row: its depth, what precedes it, and what ends the row.
    private struct Row {
        let depth: Int
        var head = ""
        var tail = ""
    }

    /// The longest value that is written in one row with what is inside it.
    private static let inlineWidth = 60
    /// Beyond this depth rows are not indented further.
    private static let indentLimit = 40

    /// Writes a value.
    ///
    /// - Parameters:
    ///   - datum: The value with its types.
    ///   - extent: How much of it is wanted.
    init(_ datum: GobDatum, extent: Extent = .whole) {
        schema = datum.schema
        self.extent = extent
        pending = [.value(datum.value, datum.type, Row(depth: 0))]
        while let work = pending.popLast() {
            guard rows.count < extent.rows else {
                isCut = true
                return
            }
            switch work {
            case .close(let bracket, let row): write(bracket, row)
            case .value(let value, let type, let row): write(value, type, row)
            }
        }
    }

    private mutating func write(_ text: String, _ row: Row) {
        let indent = String(repeating: "    ", count: min(row.depth, Self.indentLimit))
        rows.append(indent + row.head + text + row.tail)
    }

    private mutating func write(_ value: GobValue, _ type: TypeIndex, _ row: Row) {
        let inline = InlineLiteral(schema: schema, byteLimit: extent.bytes)
        if row.depth > 0 || !value.isStructure,
            let text = inline.text(value, type, width: Self.inlineWidth)
        {
            return write(text, row)
        }
        let depth = row.depth + 1
        switch value {
        case .structure(let values):
            let parts = zip(schema.fields(of: type), values).prefix(extent.rows).map {
                field,
                value in
                Work.value(
                    value,
                    field.type,
                    Row(depth: depth, head: field.name.shown + ": ", tail: ",")
                )
            }
            open(type, row, parts)
        case .list(let elements):
            guard let element = schema.elementType(of: type) else { return write("?", row) }
            open(
                type,
                row,
                elements.prefix(extent.rows).map {
                    .value($0, element, Row(depth: depth, tail: ","))
                }
            )
        case .map(let pairs):
            guard case .map(let keyType, let valueType) = schema[type] else {
                return write("?", row)
            }
            let parts = sortedPairs(pairs).prefix(extent.rows).map { key, value in
                let head = inline.text(key, keyType, width: .max) ?? "…"
                return Work.value(value, valueType, Row(depth: depth, head: head + ": ", tail: ","))
            }
            open(type, row, parts)
        case .interface(let content):
            var first = row
            first.tail = ""
            write(content.name.shown + "(", first)
            pending.append(.close(")", Row(depth: row.depth, tail: row.tail)))
            pending.append(.value(content.value, content.type, Row(depth: depth)))
        case .zero, .bool, .int, .uint, .float, .complex, .string, .invalidString, .bytes,
            .opaque:
            write(inline.scalar(value, type), row)
        }
    }

    private mutating func open(_ type: TypeIndex, _ row: Row, _ parts: [Work]) {
        var first = row
        first.tail = ""
        write(schema.shownName(of: type) + "{", first)
        pending.append(.close("}", Row(depth: row.depth, tail: row.tail)))
        pending.append(contentsOf: parts.reversed())
    }
}

extension GobSchema {
    /// The type of the elements of an array or a slice.
    func elementType(of type: TypeIndex) -> TypeIndex? {
        switch self[type] {
        case .array(let element, _), .slice(let element): element
        case .basic, .structure, .map, .opaque, nil: nil
        }
    }
}

extension String {
    /// The text made harmless.
    var harmless: String { Harmless.text(self) }

    /// A name that came from a peer, as it is shown: harmless, and not longer than names are.
    var shown: String {
        utf8.count > 100 ? String(prefix(80)).harmless + "…" : harmless
    }
}

extension GobSchema {
    /// The type in the manner of Go, as it is shown.
    func shownName(of type: TypeIndex) -> String { displayName(of: type).shown }
}

extension GobValue {
    fileprivate var isStructure: Bool {
        if case .structure = self { true } else { false }
    }
}

/// The pairs of a map, in the order of their keys where these are strings or numbers.
func sortedPairs(_ pairs: [GobValue]) -> [(key: GobValue, value: GobValue)] {
    let pairs = stride(from: 0, to: pairs.count, by: 2).map { (pairs[$0], pairs[$0 + 1]) }
    return pairs.sorted { precedes($0.0, $1.0) }
}

private func precedes(_ left: GobValue, _ right: GobValue) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left < right
    case (.int(let left), .int(let right)): left < right
    case (.uint(let left), .uint(let right)): left < right
    case (.float(let left), .float(let right)): left < right
    default: false
    }
}
