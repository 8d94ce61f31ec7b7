import LineEditing

extension LineEditor {
    /// Everything above the line; diagnostics too, where standard error is the same screen.
    func output(
        _ plain: Output,
        _ isColored: @escaping @Sendable (_ isTerminal: Bool) -> Bool,
        _ pagerCommand: String?,
    ) -> Output {
        let isScreen = isOutputTerminal
        let hasColors = isScreen && !canOnlyPrint
        let print: @Sendable (String) -> Void = { [weak self] text in self?.print(text) }
        let columns: @Sendable () -> Int? = { [weak self] in isScreen ? self?.columns : nil }
        let pager = hasColors ? pagerCommand.map { self.pager(running: $0) } : nil
        let surface = Output.Surface(columns: columns, isColored: { isColored(hasColors) })
        guard isScreen, StandardStreams.errorIsTerminal else {
            return plain.printing(print, pager: pager, on: surface)
        }
        return Output(
            result: print,
            diagnostic: print,
            pager: pager,
            surface: surface,
            diagnosticSurface: surface,
        )
    }

    /// Shows what is taller than the screen with another program.
    private func pager(running command: String) -> Output.Pager {
        Output.Pager(
            rows: { [weak self] in self?.rows ?? .max },
            show: { [weak self] text in await self?.show(text, with: command) ?? false },
        )
    }
}
