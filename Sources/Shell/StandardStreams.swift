private import Glibc
import LineEditing
private import Synchronization

/// Standard output and standard error, where there is no prompt.
///
/// Each has a thread that writes, so that a reader who is slow, or stops, holds up nobody's
/// connection.
final class StandardStreams: Sendable {
    private let results: PlainWriter
    private let diagnostics: PlainWriter
    private let failure: FailureBox

    /// Opens both.
    ///
    /// Where nobody reads standard output any more (`| head -1`), the program ends without a word,
    /// with the status that the signal SIGPIPE would have given it.
    init() throws(LineEditorError) {
        let diagnostics = try PlainWriter(fileDescriptor: STDERR_FILENO)
        self.diagnostics = diagnostics
        let failure = FailureBox()
        self.failure = failure
        results = try PlainWriter(fileDescriptor: STDOUT_FILENO) { code in
            if code == EPIPE { _exit(ExitStatus.signal(SIGPIPE).code) }
            let reason = String(cString: strerror(code))
            failure.set(Failure(.failed, "cannot write standard output: \(reason)"))
        }
    }

    /// Results to standard output, diagnostics to standard error.
    var output: Output {
        Output(
            result: { [results] in await results.write($0) },
            diagnostic: { [diagnostics] in diagnostics.offer($0) },
        )
    }

    /// Waits until everything is written, and says what could not be.
    ///
    /// - Parameter status: What the program came to otherwise.
    /// - Returns: What it exits with.
    func finish(_ status: ExitStatus) async -> ExitStatus {
        await results.flush()
        var status = status
        if let failure = failure.value {
            diagnostics.offer("gobtalk: \(failure)")
            if status == .done { status = failure.status }
        }
        await diagnostics.flush()
        return status
    }

    /// Whether standard input is a terminal.
    static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
    /// Whether standard error is a terminal.
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// Why standard output cannot be written, once that is known.
private final class FailureBox: Sendable {
    private let known = Mutex<Failure?>(nil)

    var value: Failure? { known.withLock { $0 } }

    func set(_ failure: Failure) {
        known.withLock { $0 = failure }
    }
}
