/// What can go wrong with a terminal or with plain input.
public enum LineEditorError: Error, Equatable, Sendable {
    /// Lines can be edited only where the input is a terminal; ``PlainReader`` reads anything else.
    case notATerminal(fileDescriptor: Int32)

    /// Another ``LineEditor`` of this process is open: there is one terminal.
    case alreadyOpen

    /// The system has no UTF-8 locale, not even `C.UTF-8`: libedit would drop what is typed.
    case noUTF8Locale

    /// The system refused what the editor is made of.
    case unavailable(what: String, reason: String)

    /// A line, without its end, is longer than `limit` bytes.
    case lineTooLong(limit: Int)

    /// The input cannot be read.
    case cannotRead(reason: String)
}

extension LineEditorError: CustomStringConvertible {
    /// A sentence for the user, without a full stop.
    public var description: String {
        switch self {
        case .notATerminal(let fileDescriptor):
            "cannot edit lines: file descriptor \(fileDescriptor) is not a terminal"
        case .alreadyOpen:
            "cannot edit lines: the terminal is in use by this program already"
        case .noUTF8Locale:
            "cannot edit lines: the system has no UTF-8 locale; install one, or C.UTF-8"
        case .unavailable(let what, let reason):
            "cannot open \(what): \(reason)"
        case .lineTooLong(let limit):
            "a line is longer than \(limit) bytes"
        case .cannotRead(let reason):
            "cannot read: \(reason)"
        }
    }
}
