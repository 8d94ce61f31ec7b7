/// How the reading of one line ended.
public enum ReadResult: Equatable, Sendable {
    /// The line, without its line end.
    case line(String)

    /// Ctrl-C: the line is dropped.
    case interrupted

    /// Ctrl-D on an empty line, the terminal is gone, the editor was closed, or the task that
    /// reads was cancelled.
    case end

    /// SIGTERM or SIGHUP, by its number: the program should end.
    case terminated(signal: Int32)
}
