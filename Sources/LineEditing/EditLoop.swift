private import CTerminal
private import Glibc

/// The editor's thread: it alone reads keys, runs libedit and writes to the terminal.
///
/// Between lines it sleeps on one descriptor, which requests and signals wake; while a line is
/// read (EditLoop+Reading.swift) on the terminal too.
final class EditLoop {
    /// How many texts go above the line in one pass, between two looks at the keyboard.
    static let textsPerPass = 200

    let inbox: Inbox
    let wake: WakeDescriptor
    let screen: Screen
    let input: Int32
    let complete: (@Sendable (_ line: String, _ cursor: Int) -> Completion)?
    var keys = KeyDecoder()
    var plainLines = LineSplitter()
    /// What is left of a line that was several, pasted: the lines to be read next.
    var severalLines: ArraySlice<String> = []
    var size = Screen.Size()

    /// Nil where the output is no terminal, and after the end.
    private(set) var line: EditLine?
    /// The line that is being edited.
    var reading: Reading?
    private var terminalGuard: TerminalGuard?
    private let signals: SignalWatch
    private let onInterrupt: @Sendable () -> Void
    private let onTerminate: @Sendable (Int32) -> Void
    private var remembered = ""
    /// The signal that has asked the program to end, if one has.
    private(set) var termination: Int32?

    init(
        inbox: Inbox,
        wake: WakeDescriptor,
        terminal: TerminalParts,
        complete: (@Sendable (_ line: String, _ cursor: Int) -> Completion)?,
        onInterrupt: @escaping @Sendable () -> Void,
        onTerminate: @escaping @Sendable (Int32) -> Void
    ) throws(LineEditorError) {
        self.inbox = inbox
        self.wake = wake
        input = terminal.input
        screen = terminal.screen
        line = terminal.line
        terminalGuard = terminal.terminalGuard
        self.complete = complete
        self.onInterrupt = onInterrupt
        self.onTerminate = onTerminate
        signals = try SignalWatch(SignalWatch.stopping + [SIGTSTP, SIGWINCH], waking: wake)
    }

    /// Runs until the inbox is closed, then leaves the terminal as it was.
    func run() {
        while true {
            wake.clear()
            reportSignals()
            inbox.endLending()
            if !inbox.isLent { writeTexts() }
            switch inbox.request() {
            case .none:
                wake.waitUntilWoken()
            case .read(let prompt):
                inbox.finishRead(with: read(prompt: prompt))
            case .lend:
                inbox.giveTerminal()
            case .close:
                return finish()
            }
        }
    }

    /// The signals that have come, the most urgent first; one that asks to end is remembered.
    func takeSignals() -> [Int32] {
        let arrived = signals.take()
        termination = termination ?? arrived.first { $0 == SIGTERM || $0 == SIGHUP }
        return arrived
    }

    /// Writes all the texts there are, while no line is edited.
    func writeTexts() {
        let batch = inbox.takeTexts(.max)
        guard !batch.isEmpty else { return }
        screen.write(batch.joined(by: "\n"))
        inbox.settle()
    }

    /// Has the terminal enclose what is pasted, or not.
    func enclosePastes(_ isOn: Bool) {
        guard !screen.isDumb else { return }
        // A crash in between switches off what is off.
        if isOn { terminal_pastes_enclosed(true) }
        screen.write(screen.pasteMode(isOn))
        if !isOn { terminal_pastes_enclosed(false) }
    }

    /// Adds a line to the history, unless it is blank or there already as the last one.
    func remember(_ text: String) {
        guard text != remembered, text.contains(where: { !$0.isWhitespace }) else { return }
        remembered = text
        line?.remember(text)
    }

    private func reportSignals() {
        for signal in takeSignals() {
            switch signal {
            case SIGINT where inbox.isLent:
                break
            case SIGINT:
                keys.discard()
                severalLines = []
                // Below the ^C that the terminal echoed.
                if line != nil { screen.write("\n") }
                onInterrupt()
            case SIGTSTP: signal_suspend()
            case SIGTERM, SIGHUP: onTerminate(signal)
            default: break
            }
        }
    }

    private func finish() {
        writeTexts()
        line = nil
        terminalGuard = nil
        inbox.closeForGood()
    }
}

extension Inbox.Batch {
    /// The texts, each ended by `lineEnd`, which also takes the place of their line feeds.
    func joined(by lineEnd: String) -> String {
        var rows = dropped == 0 ? "" : Self.note(dropped) + lineEnd
        for text in texts {
            let body = text.last == "\n" ? text.dropLast() : text[...]
            rows += lineEnd == "\n" ? String(body) : body.replacingLineFeeds(by: lineEnd)
            rows += lineEnd
        }
        return rows
    }

    private static func note(_ dropped: Int) -> String {
        dropped == 1
            ? "(1 message was left off the screen)"
            : "(\(dropped) messages were left off the screen)"
    }
}

extension Substring {
    fileprivate func replacingLineFeeds(by lineEnd: String) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd)
    }
}
