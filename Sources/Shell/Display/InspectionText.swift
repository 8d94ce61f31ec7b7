import Gob
import GobJSON

/// How bytes are explained: a row for each part of a stream, with its offset, its bytes in hexadecimal
/// and as text, and what they mean, indented as it is nested.
struct InspectionText {
    let style: Style

    /// How many bytes a row has; those of a longer part go on in rows below.
    private static let bytesPerRow = 8
    /// How wide offsets are, where they do not need more.
    private static let offsetWidth = 6
    /// How wide bytes in hexadecimal are.
    private static let hexWidth = 3 * bytesPerRow - 1
    /// Beyond this depth rows are not indented further.
    private static let indentLimit = 30

    /// The rows of a part of a stream, and its value as `decode` prints it.
    func rows(_ inspection: GobInspection, of bytes: [UInt8]) -> [String] {
        let words = InspectionWords(inspection, style: style)
        var rows: [String] = []
        for line in inspection.lines {
            let indent = String(repeating: "  ", count: min(line.depth, Self.indentLimit))
            rows += self.rows(bytes, line.range, indent + words.text(of: line))
        }
        if let datum = inspection.value {
            rows.append("= " + Harmless.json(GobJSONWriter.text(of: datum)))
        }
        return rows
    }

    /// The rows of bytes that mean one thing.
    func rows(_ bytes: [UInt8], _ range: Range<Int>, _ meaning: String) -> [String] {
        let width = max(Self.offsetWidth, "\(bytes.count)".utf8.count)
        return rows(bytes[range], meaning) { offset in
            style.paint("\(offset)".padded(before: width), as: .dim)
        }
    }

    /// The rows of bytes that mean one thing, each behind a head for the index of its first byte.
    func rows(
        _ bytes: ArraySlice<UInt8>,
        _ meaning: String,
        head: (Int) -> String,
    ) -> [String] {
        let first = bytes.startIndex
        let further = stride(
            from: first + Self.bytesPerRow,
            to: bytes.endIndex,
            by: Self.bytesPerRow
        )
        return ([first] + further).map { start in
            let row = head(start) + columns(bytes[start...].prefix(Self.bytesPerRow))
            return start == first && !meaning.isEmpty ? row + meaning : row.trimmed
        }
    }

    /// Bytes of which nothing is known, as many of them as are wanted.
    func block(_ bytes: [UInt8], extent: Extent) -> String {
        let isLong = extent.rows < bytes.count
        let shown = isLong ? bytes.prefix(extent.rows * Self.bytesPerRow) : bytes[...]
        var rows = rows(Array(shown), shown.indices, "")
        let rest = bytes.count - shown.count
        if rest > 0 { rows.append(style.paint("… \(counted(rest, "more byte"))", as: .dim)) }
        return rows.joined(separator: "\n")
    }

    /// The bytes, and what they are as text.
    private func columns(_ bytes: ArraySlice<UInt8>) -> String {
        let hex = bytes.map(\.twoDigits).joined(separator: " ")
        let text = String(decoding: bytes.map { 0x20...0x7E ~= $0 ? $0 : 0x2E }, as: UTF8.self)
        return "  " + hex.padded(behind: Self.hexWidth) + "  "
            + style.paint(text.padded(behind: Self.bytesPerRow), as: .dim) + "  "
    }
}

extension UInt8 {
    fileprivate var twoDigits: String { (self < 16 ? "0" : "") + String(self, radix: 16) }
}

extension String {
    /// The text at the end of so many columns; it is plain.
    func padded(before width: Int) -> String {
        String(repeating: " ", count: max(0, width - utf8.count)) + self
    }

    fileprivate func padded(behind width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - utf8.count))
    }

    /// The text without spaces at its end.
    fileprivate var trimmed: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }
}
