import LineEditing

/// Breaks rows where a screen would, so that what goes on in the next row carries a gutter.
struct Fold: Sendable {
    /// The width of the screen, or `nil` where rows may have any length.
    let columns: Int?

    /// What stands before everything that is not the beginning of something.
    static let gutter = "  | "

    /// A row in as many as the screen needs for it.
    func rows(_ row: String) -> [String] {
        guard let columns, columns > 2 * Self.gutter.count else { return [row] }
        guard row.utf8.count > columns else { return [row] }
        var rows: [String] = []
        var part = String.UnicodeScalarView()
        var used = 0
        for scalar in row.unicodeScalars {
            let cells = CursorLayout.width(of: scalar)
            if used + cells > columns {
                rows.append(String(part))
                part = Self.gutter.unicodeScalars
                used = Self.gutter.count
            }
            part.append(scalar)
            used += cells
        }
        return rows + [String(part)]
    }
}
