/// How a note of a conversation is shown: which way the bytes went, the peer, how many there are, the
/// first of them as `inspect` shows bytes, and what they mean.
struct NoteText {
    let style: Style

    /// How many bytes of one note are shown.
    private static let byteLimit = 32
    /// How wide the number of bytes is, where it does not need more.
    private static let countWidth = 5

    /// The rows of a note.
    ///
    /// - Parameters:
    ///   - note: The note.
    ///   - direction: Which way the bytes went, and over which connection: `> 127.0.0.1:61000`.
    /// - Returns: One row, and where there are more bytes than go into it, some below it.
    func rows(_ note: Note, _ direction: String) -> [String] {
        let shown = note.bytes.prefix(Self.byteLimit)
        let count = " " + "\(note.bytes.count)".padded(before: Self.countWidth)
        let head = style.paint(direction + count, as: .dim)
        let margin = String(repeating: " ", count: direction.utf8.count + count.utf8.count)
        let meaning = style.paint(note.meaning, as: .command)
        let rows = InspectionText(style: style).rows(shown, meaning) { $0 == 0 ? head : margin }
        let rest = note.bytes.count - shown.count
        guard rest > 0 else { return rows }
        return rows + ["\(margin)  " + style.paint("… \(counted(rest, "more byte"))", as: .dim)]
    }
}
