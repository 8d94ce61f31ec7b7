/// Go source as it is shown: names that a peer sent are made harmless, indentation stays.
extension Output {
    /// Go source, with tabs as `gofmt` has them; on a screen, where a tab has no width of its own,
    /// with spaces.
    func source(_ text: String) -> String {
        let indentation = columns == nil ? "\t" : "    "
        let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { row in
            let code = row.drop { $0 == "\t" }
            let depth = row.utf8.count - code.utf8.count
            return String(repeating: indentation, count: depth) + String(code).harmless
        }
        return rows.joined(separator: "\n")
    }
}
