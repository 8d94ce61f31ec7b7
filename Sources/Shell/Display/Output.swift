/// Where the program's text goes: results and messages on one side, diagnostics on the other.
///
/// Where events are wanted (`--json`), they stand in the place of all results and messages.
///
/// On a screen a row that is wider than it goes on behind a gutter, whatever it is, so that nothing
/// that came from a peer can look like a prompt or a message.
package struct Output: Sendable {
    /// What a text goes to, as far as its look depends on that.
    package struct Surface: Sendable {
        /// The width of the screen, or `nil` where it is none.
        let columns: @Sendable () -> Int?
        /// Whether there is colour.
        let isColored: @Sendable () -> Bool

        /// A surface of these properties, asked for each text anew.
        package init(
            columns: @escaping @Sendable () -> Int? = { nil },
            isColored: @escaping @Sendable () -> Bool = { false },
        ) {
            self.columns = columns
            self.isColored = isColored
        }

        var style: Style { Style(isColored: isColored()) }

        func folded(_ text: String) -> String {
            guard let columns = columns() else { return text }
            let fold = Fold(columns: columns, style: style)
            let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
            return rows.flatMap { fold.rows(String($0)) }.joined(separator: "\n")
        }
    }

    /// What shows a text that is taller than the screen.
    package struct Pager: Sendable {
        /// The height of the screen.
        let rows: @Sendable () -> Int
        /// Shows a text until the person has enough of it; false where that is not to be had.
        let show: @Sendable (String) async -> Bool

        /// A pager of these parts.
        package init(
            rows: @escaping @Sendable () -> Int,
            show: @escaping @Sendable (String) async -> Bool,
        ) {
            self.rows = rows
            self.show = show
        }
    }

    private let putResult: @Sendable (String) -> Void
    private let room: @Sendable () async -> Void
    private let writeDiagnostic: @Sendable (String) -> Void
    private let pager: Pager?
    private let events: EventWriter?
    private let surface: Surface
    private let diagnosticSurface: Surface

    /// An output of these parts.
    ///
    /// - Parameters:
    ///   - result: Takes rows without the last line end.
    ///   - room: Waits while too many of them are not written yet.
    ///   - diagnostic: Takes a row without its line end; must not wait.
    ///   - pager: What shows results that are taller than the screen, if there is one.
    ///   - events: Takes events in place of results, where they are wanted.
    ///   - surface: What results go to.
    ///   - diagnosticSurface: What diagnostics go to.
    package init(
        result: @escaping @Sendable (String) -> Void,
        room: @escaping @Sendable () async -> Void = {},
        diagnostic: @escaping @Sendable (String) -> Void,
        pager: Pager? = nil,
        events: EventWriter? = nil,
        surface: Surface = Surface(),
        diagnosticSurface: Surface = Surface(),
    ) {
        putResult = result
        self.room = room
        writeDiagnostic = diagnostic
        self.pager = pager
        self.events = events
        self.surface = surface
        self.diagnosticSurface = diagnosticSurface
    }

    /// The same, but with results elsewhere.
    func printing(
        _ result: @escaping @Sendable (String) -> Void,
        pager: Pager?,
        on surface: Surface,
    ) -> Output {
        Output(
            result: result,
            diagnostic: writeDiagnostic,
            pager: pager,
            events: events,
            surface: surface,
            diagnosticSurface: diagnosticSurface,
        )
    }

    /// Prints a result or a message, of one or more rows.
    package func result(_ text: String) async {
        put(text)
        await room()
    }

    private func put(_ text: String) {
        if let events { return events.put(Event(.result(text))) }
        putResult(surface.folded(text))
    }

    /// Whether events stand in the place of results.
    var tellsEvents: Bool { events != nil }

    /// Prints what people want to see, and an event says to programs already.
    func remark(_ text: @autoclosure () -> String) async {
        if events == nil { await result(text()) }
    }

    /// Tells an event to programs; waits where they are far behind.
    func event(_ kind: @autoclosure () -> Event.Kind) async {
        guard let events else { return }
        events.put(Event(kind()))
        await room()
    }

    /// What tells of something that happened, to people or to programs; ``put(_:)`` prints it.
    func rows(of kind: @autoclosure () -> Event.Kind, or text: @autoclosure () -> String) -> String
    {
        events == nil ? surface.folded(text()) : Event(kind()).json
    }

    /// Prints what ``rows(of:or:)`` made, one after another, at once and without waiting: see
    /// ``waitForRoom()``.
    func put(_ rows: [String]) {
        guard !rows.isEmpty else { return }
        let text = rows.joined(separator: "\n")
        if let events { events.put(rows: text) } else { putResult(text) }
    }

    /// Waits while too much of what was printed is not written yet.
    func waitForRoom() async {
        await room()
    }

    /// Tells events to programs without waiting.
    func offer(_ all: [Event]) {
        if !all.isEmpty { events?.offer(all) }
    }

    /// Tells an event to programs without waiting.
    func offer(_ kind: @autoclosure () -> Event.Kind) {
        events?.offer([Event(kind())])
    }

    /// Prints a result that may be long: a person goes through it with a pager where it is taller than
    /// the screen.
    package func longResult(_ text: String) async {
        guard events == nil else { return await result(text) }
        let text = surface.folded(text)
        let height = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        // The prompt is to have a row, too.
        if let pager, height >= pager.rows() {
            if await pager.show(text + "\n") { return }
            await write(text)
            // Behind the text, where it is seen.
            return notice("there is no such pager: PAGER names another, or none where it is empty")
        }
        await write(text)
    }

    private func write(_ text: String) async {
        putResult(text)
        await room()
    }

    /// Prints what could not be done, in one row; what of it is the user's or a peer's is made harmless
    /// once more.
    package func diagnostic(_ text: String) {
        diagnostic(text, of: nil)
    }

    /// Prints what could not be done, as the other `diagnostic` does, and whose fault it was.
    func diagnostic(_ text: String, of culprit: Culprit?) {
        offer(.error(text, culprit))
        notice(diagnosticSurface.style.paint(text.harmless, as: .error))
    }

    /// Prints what is good to know, and no fault, in one row beside the results.
    package func notice(_ text: String) {
        writeDiagnostic(diagnosticSurface.folded(text))
    }

    /// The width of the screen that results go to, or `nil` where they go to none.
    package var columns: Int? { surface.columns() }

    /// The colours of results.
    var style: Style { surface.style }

    /// The colours of diagnostics.
    var diagnosticStyle: Style { diagnosticSurface.style }

    /// How much of a message is shown when it arrives.
    var extent: Extent { columns == nil ? .stream : .screen }
}
