import LineEditing

/// A line of a script, for what is said of it.
struct ScriptPlace: Sendable {
    /// What the script is called: `stdin`, `-c`, or its file.
    let name: String
    let line: ScriptLine

    /// The failure in one row that begins with `FILE:LINE:`; where a word is wrong, its line and a
    /// caret under the word come below, and then what else there is to be seen.
    func rows(_ failure: Failure) -> [String] {
        let spot = line.spot(ofColumn: failure.column ?? 1)
        let head = "\(name.harmless):\(spot.number): \(failure)"
        let excerpt = failure.column == nil ? [] : Excerpt(spot).rows
        return [head] + excerpt + failure.rows
    }
}

/// As much of a line around a column as fits into a row, and what points at it.
private struct Excerpt {
    let rows: [String]

    /// How many bytes before the column are shown, and how many from it on.
    private static let (before, after) = (60, 40)

    init(_ spot: ScriptLine.Spot) {
        let text = spot.text
        let index = min(spot.column - 1, text.count)
        var start = max(0, index - Self.before)
        // No character is cut in two.
        while start > 0, start < index, text[start] & 0xC0 == 0x80 { start += 1 }
        let rest = Array(text[index...]).textPrefix(Self.after)
        let left = (start > 0 ? "…" : "") + Harmless.text(Array(text[start..<index]))
        let right = Harmless.text(rest) + (index + rest.count < text.count ? "…" : "")
        let width = CursorLayout.width(of: left)
        rows = ["    " + left + right, "    " + String(repeating: " ", count: width) + "^"]
    }
}

extension Failure {
    /// The rows in which it is told: the first says what happened, and where, which is the line of a
    /// script, if there is one.
    func rows(at place: ScriptPlace?, or prefix: String = "") -> [String] {
        if let place = self.place ?? place { return place.rows(self) }
        return [prefix + description] + rows
    }
}

extension Session {
    /// Says what could not be done, where that was not said before.
    func tell(_ failure: Failure, at place: ScriptPlace? = nil, or prefix: String = "") {
        guard !failure.isTold else { return }
        let rows = failure.rows(at: place, or: prefix)
        output.diagnostic(rows[0])
        for row in rows.dropFirst() { output.notice(row) }
    }
}
