import Glibc
import LineEditing

/// What a terminal shows: its rows, and where the cursor is.
struct Screen: Equatable {
    /// The rows, without the blanks at their ends.
    let rows: [String]
    /// The cursor's place, in characters from the left and from the top.
    let cursor: (column: Int, row: Int)

    static func == (left: Self, right: Self) -> Bool {
        left.rows == right.rows && left.cursor == right.cursor
    }

    /// The rows as far down as something is, joined by line ends.
    var text: String {
        let last = rows.lastIndex { !$0.isEmpty } ?? -1
        return rows[...last].joined(separator: "\n")
    }

    /// The mark of the cursor in ``picture``.
    static let mark: Character = "│"

    /// The text with a mark where the cursor is, and with a stand-in of the same width for what no
    /// two runs have alike: times, ports, process ids.
    var picture: String {
        var rows = rows.map { Self.standardized($0) }
        rows[cursor.row] = Self.marked(rows[cursor.row], at: cursor.column)
        let last = rows.lastIndex { !$0.isEmpty } ?? -1
        return rows[...last].map { Self.withoutDurations($0) }.joined(separator: "\n")
    }

    private static func standardized(_ row: String) -> String {
        row.replacing(/\d\d:\d\d:\d\d/, with: "hh:mm:ss")
            .replacing(/127\.0\.0\.1:\d{5}/, with: "127.0.0.1:ppppp")
    }

    private static func withoutDurations(_ row: String) -> String {
        row.replacing(/\d+(\.\d+)? (ms|µs|s)\b/, with: "0 ms")
    }

    /// The widths of characters are the C library's, which knows them in a UTF-8 locale only.
    private static let hasWidths = setlocale(LC_CTYPE, "C.UTF-8") != nil

    private static func marked(_ row: String, at column: Int) -> String {
        precondition(hasWidths, "Debian's C library has the locale C.UTF-8")
        var scalars = String.UnicodeScalarView()
        var width = 0
        var isMarked = false
        for scalar in row.unicodeScalars {
            let cells = CursorLayout.width(of: scalar)
            if width >= column, cells > 0, !isMarked {
                scalars.append(contentsOf: String(mark).unicodeScalars)
                isMarked = true
            }
            scalars.append(scalar)
            width += cells
        }
        guard !isMarked else { return String(scalars) }
        return String(scalars) + String(repeating: " ", count: max(0, column - width))
            + String(mark)
    }
}
