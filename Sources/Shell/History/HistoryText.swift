/// How commands stand in the history file: each on a row of its own.
///
/// A command of several rows (from a paste) goes on in rows that begin with a space: a command
/// cannot begin so, for such a one is not kept. Blank rows mean nothing.
enum HistoryText {
    /// The longest command that is kept, in bytes.
    static let entryLimit = 64 << 10

    private static let lineFeed = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")

    /// A command as it is kept, or `nil` where it is not: it is blank, begins with a space, is too
    /// long, or has a zero byte, which no editor of lines takes.
    static func entry(_ line: String) -> String? {
        var bytes = Array(line.utf8)[...]
        while bytes.first == lineFeed { bytes = bytes.dropFirst() }
        while bytes.last == lineFeed { bytes = bytes.dropLast() }
        guard let first = bytes.first, first != space, bytes.count <= entryLimit,
            !bytes.contains(0), bytes.contains(where: { $0 > space })
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The rows of a command, their line ends included.
    static func rows(of entry: String) -> [UInt8] {
        var rows: [UInt8] = []
        for byte in entry.utf8 {
            rows.append(byte)
            if byte == lineFeed { rows.append(space) }
        }
        return rows + [lineFeed]
    }

    /// The latest commands of a file's end, the oldest first.
    ///
    /// What is no command, as half a one or binary data, is passed over; bytes that are no UTF-8
    /// are replaced.
    static func entries(in tail: HistoryTail, latest limit: Int) -> [String] {
        let text = start(of: tail.whole, latest: limit)
        var entries: [String] = []
        var current: [UInt8] = []
        for row in text.split(separator: lineFeed) {
            if row.first == space {
                current += [lineFeed] + row.dropFirst()
            } else {
                append(current, to: &entries)
                current = Array(row)
            }
        }
        append(current, to: &entries)
        return entries
    }

    /// The end of a text with the latest commands in it.
    static func start(of text: ArraySlice<UInt8>, latest limit: Int) -> ArraySlice<UInt8> {
        var count = 0
        var index = text.endIndex
        while index > text.startIndex {
            index -= 1
            let isStart = index == text.startIndex || text[index - 1] == lineFeed
            guard isStart, text[index] != space, text[index] != lineFeed else { continue }
            count += 1
            if count == limit { return text[index...] }
        }
        return text
    }

    private static func append(_ bytes: [UInt8], to entries: inout [String]) {
        if let entry = entry(String(decoding: bytes, as: UTF8.self)) { entries.append(entry) }
    }
}

/// The end of a history file, as much of it as is read.
struct HistoryTail {
    let bytes: [UInt8]
    /// Whether the file has more before it.
    let isCut: Bool

    /// The part that begins with a whole row.
    var whole: ArraySlice<UInt8> {
        guard isCut else { return bytes[...] }
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return [] }
        return bytes[(end + 1)...]
    }
}
