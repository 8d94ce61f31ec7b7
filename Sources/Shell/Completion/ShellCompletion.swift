extension CompletionContext {
    /// What the last of these words may become: for the completion of a shell.
    ///
    /// - Parameter words: What stands behind the program's name up to the cursor: options, then a
    ///   command in the one-shot form, whose words a shell has separated.
    /// - Returns: The words; none where nothing is known.
    package func candidates(onCommandLine words: [String]) -> [String] {
        let commands = Set(self.commands.firstWords)
        let start = words.dropLast().firstIndex { commands.contains($0) }
        let command = words[(start ?? max(words.count - 1, 0))...]
        guard let typed = command.last,
            let wanted = self.commands.wanted(atEndOf: Self.line(command.dropLast(), typed).utf8)
        else { return [] }
        return matches(wanted.choices, wanted.typed.bytes).listed.map {
            String(decoding: $0.word, as: UTF8.self)
        }
    }

    /// The words as a line of ours, up to a cursor in the last one.
    private static func line(_ words: some Sequence<String>, _ typed: String) -> String {
        let before = words.map { Harmless.quoted(Array($0.utf8)) + " " }.joined()
        return before + (typed.isEmpty ? "" : Harmless.quoted(Array(typed.utf8)).dropLast())
    }
}
