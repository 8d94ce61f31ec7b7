import LineEditing

/// Breaks rows where a screen would, so that what goes on in the next row carries a gutter.
struct Fold: Sendable {
    /// The width of the screen, or `nil` where rows may have any length.
    let columns: Int?
    /// The colours of the gutter.
    var style = Style.plain

    /// What stands before everything that is not the beginning of something.
    static let gutter = "  | "

    /// A row in as many as the screen needs for it; colours (``Style``) go on behind the gutter.
    func rows(_ row: String) -> [String] {
        guard let columns, columns > 2 * Self.gutter.count else { return [row] }
        guard row.utf8.count > columns else { return [row] }
        var folding = Folding(columns: columns, gutter: style.paint(Self.gutter, as: .dim))
        for scalar in row.unicodeScalars { folding.add(scalar) }
        return folding.result
    }

    /// As much of a row as fits; where that is not all, it ends so.
    func cut(_ row: String) -> String {
        guard let columns, rows(row).count > 1 else { return row }
        let narrower = Fold(columns: columns - 1, style: style)
        return narrower.rows(row)[0] + "…"
    }
}

/// A row being broken.
private struct Folding {
    let columns: Int
    let gutter: String
    private var rows: [String] = []
    private var row: [Unicode.Scalar] = []
    private var used = 0
    private var cells = CellCounter()
    /// Where the last character begins that takes cells, and what was used before it.
    private var last = (index: 0, used: 0)
    /// The escape sequence that is being read, and the one that colours the text now.
    private var sequence: [Unicode.Scalar]?
    private var color: [Unicode.Scalar] = []

    init(columns: Int, gutter: String) {
        self.columns = columns
        self.gutter = gutter
    }

    /// The rows, the last of them too.
    var result: [String] { rows + [string(row)] }

    mutating func add(_ scalar: Unicode.Scalar) {
        if sequence != nil || scalar == "\u{1B}" { return addToSequence(scalar) }
        let width = cells.width(of: scalar)
        if scalar == CellCounter.pictureMark {
            if used + width > columns { breakRow(at: last.index, used: last.used) }
        } else if width > 0 {
            if used + width > columns { breakRow(at: row.count, used: used) }
            last = (row.count, used)
        }
        row.append(scalar)
        used += width
    }

    private mutating func addToSequence(_ scalar: Unicode.Scalar) {
        row.append(scalar)
        let whole = (sequence ?? []) + [scalar]
        sequence = whole
        guard scalar == "m" else { return }
        color = string(whole) == Style.reset ? [] : whole
        sequence = nil
    }

    /// Ends the row before a character, which goes to the next one with what follows it.
    private mutating func breakRow(at index: Int, used before: Int) {
        let moved = row[index...]
        let end = color.isEmpty ? "" : Style.reset
        rows.append(string(row[..<index]) + end)
        row = gutter.unicodeScalars + color
        last = (row.count, Fold.gutter.count)
        row += moved
        used = Fold.gutter.count + used - before
    }

    private func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }
}

/// Counts the cells of a text, rather too many than too few: where terminals do not agree, a row is
/// broken early, never late.
private struct CellCounter {
    /// Makes a picture of the character before, which takes two cells then.
    static let pictureMark: Unicode.Scalar = "\u{FE0F}"

    private var last = 0

    mutating func width(of scalar: Unicode.Scalar) -> Int {
        if scalar == Self.pictureMark { return last == 1 ? 1 : 0 }
        // Half a flag; a whole one takes two cells, and so does a half on some terminals.
        let isHalfFlag = 0x1F1E6...0x1F1FF ~= scalar.value
        let width = isHalfFlag ? 2 : CursorLayout.width(of: scalar)
        if width > 0 { last = width }
        return width
    }
}
