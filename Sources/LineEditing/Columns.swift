/// Words in columns, read downwards as `ls` has them.
package struct Columns: Equatable, Sendable {
    /// The width of the terminal.
    package var width: Int
    /// How many rows there may be; what does not fit is counted in one more.
    package var rowLimit: Int

    package init(width: Int, rowLimit: Int) {
        self.width = width
        self.rowLimit = max(rowLimit, 1)
    }

    private static let gap = 2

    /// The rows, each narrower than the terminal where the words are.
    package func rows(of words: [String], omitted: Int = 0) -> [String] {
        let widths = words.map(CursorLayout.width(of:))
        let cell = (widths.max() ?? 0) + Self.gap
        let columns = max((width - 1 + Self.gap) / cell, 1)
        let needed = (words.count + columns - 1) / columns
        guard needed > rowLimit else {
            let rows = (0..<needed).map {
                row(of: words, widths, from: $0, step: needed, cell: cell)
            }
            return rows + (omitted > 0 ? ["(and \(omitted) more)"] : [])
        }
        let shown = rowLimit * columns
        let rows = (0..<rowLimit).map {
            row(of: words[..<shown], widths, from: $0, step: rowLimit, cell: cell)
        }
        return rows + ["(and \(words.count - shown + omitted) more)"]
    }

    private func row(
        of words: some RandomAccessCollection<String>,
        _ widths: [Int],
        from first: Int,
        step: Int,
        cell: Int
    ) -> String {
        var row = ""
        var padding = 0
        for (word, width) in Array(zip(words, widths)).everyNth(step, from: first) {
            row += String(repeating: " ", count: padding) + word
            padding = cell - width
        }
        return row
    }
}

extension Array {
    fileprivate func everyNth(_ step: Int, from first: Int) -> [Element] {
        stride(from: first, to: count, by: step).map { self[$0] }
    }
}
