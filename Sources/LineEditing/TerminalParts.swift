private import CTerminal

/// The terminal, opened: what the editor's thread is given.
struct TerminalParts {
    /// Where keys come from.
    let input: Int32
    /// Where everything is written.
    let screen: Screen
    /// Nil where the output is no terminal.
    let line: EditLine?
    /// Keeps the terminal's attributes.
    let terminalGuard: TerminalGuard

    init(_ configuration: LineEditor.Configuration) throws(LineEditorError) {
        guard SystemCall.isTerminal(configuration.input) else {
            throw .notATerminal(fileDescriptor: configuration.input)
        }
        guard locale_use_utf8() else { throw .noUTF8Locale }
        input = configuration.input
        terminalGuard = try TerminalGuard(configuration.input)
        let type = SystemCall.environment("TERM") ?? ""
        line = try Self.openLine(configuration)
        let isUnknown = line?.isTerminalUnknown ?? false
        screen = Screen(
            fileDescriptor: configuration.output,
            isDumb: type.isEmpty || type == "dumb" || isUnknown,
        )
        if isUnknown, !type.isEmpty {
            let complaint = "unknown terminal type \"\(type)\": the line is edited plainly\n"
            SystemCall.write(Array(complaint.utf8), to: configuration.error)
        }
    }

    private static func openLine(
        _ configuration: LineEditor.Configuration
    ) throws(LineEditorError) -> EditLine? {
        guard SystemCall.isTerminal(configuration.output) else { return nil }
        return try EditLine(
            programName: configuration.programName,
            input: configuration.input,
            output: configuration.output,
            error: configuration.error,
            historyLimit: configuration.historyLimit,
        )
    }
}
