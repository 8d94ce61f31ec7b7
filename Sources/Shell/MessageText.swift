import Gob

/// How messages are shown: a head with time, number, sender and command, then what was sent.
///
/// Rows after the first carry a gutter.
struct MessageText: Sendable {
    let fold: Fold

    /// The message, or as much of it as is wanted, its rows joined by line ends.
    ///
    /// The value of a GOB comes beside it, since a message keeps the bytes only.
    func block(_ message: Message, _ datum: GobDatum?, extent: Extent) -> String {
        let rows =
            switch message.content {
            case .text(let bytes): textRows(message, bytes, extent)
            case .gob: valueRows(message, datum, extent)
            }
        return rows.joined(separator: "\n")
    }

    /// The message in one row, for a list.
    func summary(_ message: Message) -> String {
        var row = head(message)
        if case .text(let bytes) = message.content {
            row += ": " + Harmless.text(Array(bytes.prefix(200)))
        } else {
            row += ", \(message.size) bytes"
        }
        let rows = fold.rows(row)
        return rows.count > 1 ? rows[0].dropLast() + "…" : row
    }

    private func head(_ message: Message) -> String {
        "\(message.time.clock) #\(message.number) \(message.peer) \(message.command)"
    }

    private func textRows(_ message: Message, _ bytes: [UInt8], _ extent: Extent) -> [String] {
        let text = Harmless.text(Array(bytes.prefix(extent.bytes)))
        let rows = fold.rows(head(message) + ": " + text)
        return cut(rows, message, extent, isCut: bytes.count > extent.bytes)
    }

    private func valueRows(
        _ message: Message,
        _ datum: GobDatum?,
        _ extent: Extent,
    ) -> [String] {
        guard let datum else { return [head(message)] }
        let name = datum.schema.shownName(of: datum.type)
        let literal = GoLiteral(datum, extent: extent)
        let inside = literal.rows.flatMap { fold.rows(Fold.gutter + $0) }
        let head = fold.rows(head(message) + ": \(name), \(message.size) bytes")
        return cut(head + inside, message, extent, isCut: literal.isCut)
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
        return rows[...0] + rows.dropFirst().prefix(extent.rows) + [Fold.gutter + rest]
    }
}
