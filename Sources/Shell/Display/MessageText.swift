import Gob
import GobJSON

/// How messages are shown: a head with time, number, sender and command, then what was sent.
///
/// Rows after the first carry a gutter.
struct MessageText: Sendable {
    let fold: Fold
    let style: Style
    let settings: Settings

    /// Messages on an output, by the settings now.
    init(_ output: Output, _ settings: Settings) {
        style = output.style
        fold = Fold(columns: output.columns, style: style)
        self.settings = settings
    }

    /// Messages as a file has them: in whole rows, without colour.
    init(inFile settings: Settings) {
        style = Style.plain
        fold = Fold(columns: nil, style: style)
        self.settings = settings
    }

    /// The message, or as much of it as is wanted, its rows joined by line ends.
    ///
    /// The value of a GOB comes beside it, since a message keeps the bytes only, and how its type has
    /// changed, which is told below it.
    func block(
        _ message: Message,
        _ datum: GobDatum?,
        change: TypeChange? = nil,
        extent: Extent,
    ) -> String {
        var rows =
            switch message.content {
            case .text(let bytes): textRows(message, bytes, extent)
            case .gob(let stream):
                // Of a broken one there is no value.
                datum.map { valueRows(message, $0, extent) } ?? byteRows(message, stream, extent)
            case .bytes(let bytes): byteRows(message, bytes, extent)
            }
        if let change { rows += fold.rows(gutter + style.paint(change.words, as: .command)) }
        return rows.joined(separator: "\n")
    }

    /// The message in one row, for a list; the value of a GOB, for its type, may come beside it.
    func summary(_ message: Message, _ datum: GobDatum?) -> String {
        switch message.content {
        case .text(let bytes):
            fold.cut("\(head(message)): \(Harmless.text(bytes.textPrefix(2_000)))")
        case .bytes(let bytes): fold.cut(head(message, with: bytes.textPrefix(2_000)))
        case .gob:
            fold.cut("\(head(message)): \(name(of: datum))\(message.size) bytes")
        }
    }

    /// A value in the form that is set, coloured, as much of it as is wanted.
    func literal(_ datum: GobDatum, extent: Extent) -> (rows: [String], isCut: Bool) {
        let (rows, isCut) =
            switch settings.format {
            case .go: goLiteral(datum, extent)
            case .json: jsonLiteral(datum, extent)
            }
        let highlight = Highlight(style: style)
        return (rows.map(highlight.row), isCut)
    }

    private func name(of datum: GobDatum?) -> String {
        datum.map { $0.schema.shownName(of: $0.type) + ", " } ?? ""
    }

    private func head(_ message: Message) -> String {
        let time = settings.timestamps ? style.paint(message.time.clock, as: .dim) + " " : ""
        let way = message.origin.passage.map { " -> \($0.recipient)" } ?? ""
        let sender = style.paint("\(message.peer)\(way)", as: .sender)
        let command = style.paint(word(message).harmless, as: .command)
        return "\(time)#\(message.number) \(sender) \(command)"
    }

    /// What a message is called.
    private func word(_ message: Message) -> String {
        switch message.origin.passage?.role {
        case nil, .command: message.command
        case .reply: "reply"
        case .bytes: "bytes"
        }
    }

    private func textRows(_ message: Message, _ bytes: [UInt8], _ extent: Extent) -> [String] {
        let text = Harmless.text(bytes.textPrefix(extent.bytes))
        let rows = fold.rows(head(message) + ": " + text)
        return cut(rows, message, extent, isCut: bytes.count > extent.bytes)
    }

    private func byteRows(_ message: Message, _ bytes: [UInt8], _ extent: Extent) -> [String] {
        let rows = fold.rows(head(message, with: bytes.textPrefix(extent.bytes)))
        return cut(rows, message, extent, isCut: bytes.count > extent.bytes)
    }

    /// The head, and bytes as a literal, where there are some.
    private func head(_ message: Message, with bytes: [UInt8]) -> String {
        bytes.isEmpty ? head(message) : "\(head(message)): \(Harmless.quoted(bytes))"
    }

    private func valueRows(
        _ message: Message,
        _ datum: GobDatum,
        _ extent: Extent,
    ) -> [String] {
        let name = datum.schema.shownName(of: datum.type)
        let size = extent == .whole ? message.content.sizes : "\(message.size) bytes"
        let (rows, isCut) = literal(datum, extent: extent)
        let all =
            fold.rows("\(head(message)): \(name), \(size)")
            + rows.flatMap { fold.rows(gutter + $0) }
        return cut(all, message, extent, isCut: isCut)
    }

    private func goLiteral(_ datum: GobDatum, _ extent: Extent) -> ([String], Bool) {
        let literal = GoLiteral(datum, extent: extent)
        return (literal.rows, literal.isCut)
    }

    private func jsonLiteral(_ datum: GobDatum, _ extent: Extent) -> ([String], Bool) {
        let (text, isWhole) = GobJSONWriter.start(of: datum, limit: extent.json)
        let json = IndentedJSON(Harmless.json(text), extent: extent)
        return (json.rows, json.isCut || !isWhole)
    }

    private func cut(
        _ rows: [String],
        _ message: Message,
        _ extent: Extent,
        isCut: Bool,
    ) -> [String] {
        // The head is not counted.
        guard isCut || rows.count - 1 > extent.rows else { return rows }
        let rest = "… \(message.size) bytes in all; \"show \(message.number)\" shows the rest"
        return rows[...0] + rows.dropFirst().prefix(extent.rows)
            + [gutter + style.paint(rest, as: .dim)]
    }

    private var gutter: String { style.paint(Fold.gutter, as: .dim) }
}

extension Session {
    /// How messages are shown, by the settings now.
    var messageText: MessageText { MessageText(output, settings) }
}
