/// Breaks compact JSON into indented rows; what is short stays in one row.
///
/// It stops after as many rows as are wanted, however long the text is.
struct IndentedJSON {
    /// The rows so far.
    private(set) var rows: [String] = []
    /// Whether something was left out.
    private(set) var isCut = false

    private let text: [UInt8]
    private let extent: Extent
    private var position = 0
    private var depth = 0
    private var row = ""

    /// The longest value that is written in one row with what is inside it.
    private static let inlineWidth = 60
    /// Beyond this depth rows are not indented further.
    private static let indentLimit = 40

    /// Breaks a text.
    ///
    /// - Parameters:
    ///   - text: Compact JSON, or the beginning of it.
    ///   - extent: How much of it is wanted.
    init(_ text: String, extent: Extent) {
        self.text = Array(text.utf8)
        self.extent = extent
        while position < self.text.count, !isCut { write() }
        if !isCut, !row.isEmpty { rows.append(row) }
    }

    private mutating func write() {
        switch text[position] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if let end = inlineEnd() { return inline(to: end) }
            copy()
            depth += 1
            breakRow()
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            breakRow()
            if !isCut { copy() }
        case UInt8(ascii: ","):
            copy()
            breakRow()
        case UInt8(ascii: ":"):
            copy()
            row += " "
        case UInt8(ascii: "\""): writeString()
        default: writeScalar()
        }
    }

    private mutating func copy() {
        row.unicodeScalars.append(Unicode.Scalar(text[position]))
        position += 1
    }

    private mutating func breakRow() {
        rows.append(row)
        isCut = rows.count >= extent.rows
        row = String(repeating: "    ", count: min(depth, Self.indentLimit))
    }

    private mutating func writeScalar() {
        let end = text[position...].firstIndex { ",]}".utf8.contains($0) } ?? text.count
        row += String(decoding: text[position..<end], as: UTF8.self)
        position = end
    }

    private mutating func writeString() {
        let end = stringEnd(position, limit: .max)
        let size = end - position - 2
        if size > extent.bytes {
            let cut = stringEnd(position, limit: position + 1 + extent.bytes)
            row += String(decoding: text[position..<cut], as: UTF8.self)
            row += "\"… /* \(size) bytes */"
        } else {
            row += String(decoding: text[position..<end], as: UTF8.self)
        }
        position = end
    }

    /// Where a string ends, behind its quote; or the last place up to `limit` that is not inside a
    /// character or an escape.
    private func stringEnd(_ start: Int, limit: Int) -> Int {
        var index = start + 1
        while index < text.count {
            var next = index + 1
            switch text[index] {
            case UInt8(ascii: "\""): return next
            case UInt8(ascii: "\\") where next < text.count:
                next += text[next] == UInt8(ascii: "u") ? 5 : 1
            default:
                while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
            }
            guard next <= limit else { return index }
            index = next
        }
        return text.count
    }

    /// Where the list or object that begins here ends, if it is short; the outermost object always
    /// has rows of its own.
    private func inlineEnd() -> Int? {
        var open = 0
        var index = position
        while index < text.count, index - position <= Self.inlineWidth {
            switch text[index] {
            case UInt8(ascii: "\""): index = stringEnd(index, limit: .max) - 1
            case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
            default: break
            }
            index += 1
            guard open == 0 else { continue }
            let isOuter = depth == 0 && text[position] == UInt8(ascii: "{") && index > position + 2
            return isOuter || index - position > Self.inlineWidth ? nil : index
        }
        return nil
    }

    private mutating func inline(to end: Int) {
        while position < end {
            if text[position] == UInt8(ascii: "\"") {
                writeString()
                continue
            }
            let isSeparator = ",:".utf8.contains(text[position])
            copy()
            if isSeparator { row += " " }
        }
    }
}
