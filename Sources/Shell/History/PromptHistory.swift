import LineEditing

extension Prompt {
    /// Takes a command into the history before it is run: also one that ends the program is kept.
    ///
    /// One that begins with a space is not to be seen again, nor found with the arrow keys.
    func remember(_ line: String, in session: Session) {
        guard let entry = HistoryText.entry(line) else { return }
        editor.remember(entry)
        if let complaint = session.history.add(entry) { session.output.diagnostic(complaint) }
    }
}
