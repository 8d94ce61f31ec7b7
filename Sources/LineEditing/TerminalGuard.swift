private import CTerminal

/// The terminal's attributes, put back by exit() and by a crash while this object lives.
final class TerminalGuard: Sendable {
    /// Fails where another terminal is guarded: a process has one.
    init(_ terminal: Int32) throws(LineEditorError) {
        guard terminal_guard(terminal) else { throw .alreadyOpen }
    }

    deinit {
        terminal_unguard()
    }
}
