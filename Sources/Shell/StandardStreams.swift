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
        if Self.outputIsTerminal || Self.errorIsTerminal { CursorLayout.measureUTF8() }
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
    ///
    /// - Parameters:
    ///   - isColored: Whether there is colour, on a terminal or elsewhere.
    ///   - tellsEvents: Whether events stand in the place of results.
    /// - Returns: The output of the program.
    func output(
        isColored: @escaping @Sendable (_ isTerminal: Bool) -> Bool,
        tellsEvents: Bool,
    ) -> Output {
        Output(
            result: { [results] in results.put($0) },
            room: { [results] in await results.waitForRoom() },
            diagnostic: { [diagnostics] in diagnostics.offer($0) },
            events: tellsEvents ? events : nil,
            surface: Self.surface(STDOUT_FILENO, isColored),
            diagnosticSurface: Self.surface(STDERR_FILENO, isColored),
        )
    }

    private var events: EventWriter {
        EventWriter(
            put: { [results] in results.put($0) },
            offer: { [results] in results.offer($0) }
        )
    }

    private static func surface(
        _ descriptor: Int32,
        _ isColored: @escaping @Sendable (_ isTerminal: Bool) -> Bool,
    ) -> Output.Surface {
        let isTerminal = isatty(descriptor) == 1
        return Output.Surface(
            columns: { isTerminal ? columns(of: descriptor) : nil },
            isColored: { isColored(isTerminal) }
        )
    }

    /// The width of a terminal; 80 where it has none.
    private static func columns(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
        return Int(size.ws_col)
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
    /// Whether standard output is a terminal.
    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
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
