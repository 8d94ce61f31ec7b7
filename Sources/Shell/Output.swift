/// Where the program's text goes: results and messages on one side, diagnostics on the other.
///
/// On a screen a row that is wider than it goes on behind a gutter, whatever it is, so that nothing
/// that came from a peer can look like a prompt or a message.
package struct Output: Sendable {
    private let writeResult: @Sendable (String) async -> Void
    private let writeDiagnostic: @Sendable (String) -> Void
    /// The width of the screen that results go to, or `nil` where they go to none.
    package let columns: @Sendable () -> Int?

    /// An output of these parts.
    ///
    /// - Parameters:
    ///   - result: Takes rows without the last line end; may have its caller wait.
    ///   - diagnostic: Takes a row without its line end; must not wait.
    ///   - columns: The width of the screen, if there is one.
    package init(
        result: @escaping @Sendable (String) async -> Void,
        diagnostic: @escaping @Sendable (String) -> Void,
        columns: @escaping @Sendable () -> Int? = { nil },
    ) {
        writeResult = result
        writeDiagnostic = diagnostic
        self.columns = columns
    }

    /// Prints a result or a message, of one or more rows.
    package func result(_ text: String) async {
        await writeResult(folded(text))
    }

    /// Prints a diagnostic, of one row.
    package func diagnostic(_ text: String) {
        writeDiagnostic(folded(text))
    }

    var messageText: MessageText { MessageText(fold: fold) }
    /// How much of a message is shown when it arrives.
    var extent: Extent { columns() == nil ? .stream : .screen }

    private var fold: Fold { Fold(columns: columns()) }

    private func folded(_ text: String) -> String {
        let fold = fold
        let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
        return rows.flatMap { fold.rows(String($0)) }.joined(separator: "\n")
    }
}
