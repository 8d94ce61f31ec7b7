/// A line of the terminal, edited with libedit, and texts printed above it.
///
/// One thread of its own reads the keys, runs libedit and writes to the terminal; everything here
/// may be called from any thread or task, and nothing but ``close()`` blocks. A process has one
/// editor at a time. Where the output is no terminal there is no prompt and no editing.
///
/// While a line is read the terminal is raw; otherwise it is in its ordinary mode, and Ctrl-C is a
/// signal, which `onInterrupt` is told of.
public final class LineEditor: Sendable {
    private let inbox: Inbox
    private let thread: WorkerThread
    private let prompt: Prompt
    let output: Int32
    /// Whether the terminal can only print, as `TERM=dumb` says, or is of a type that nobody knows.
    public let canOnlyPrint: Bool

    /// Opens the terminal, until ``close()``.
    ///
    /// Sets the character type of the process's locale, to UTF-8 whatever the environment says.
    /// The closures are called on the editor's thread, so they must not wait for it, and they
    /// should not keep the editor alive. SIGINT, SIGTERM, SIGHUP and SIGWINCH are the editor's
    /// until it is closed; a SIGHUP that was ignored (nohup) stays ignored.
    ///
    /// - Parameters:
    ///   - configuration: names, descriptors and limits.
    ///   - onInterrupt: told of SIGINT while no line is read.
    ///   - onTerminate: told of SIGTERM or SIGHUP, by its number, while no line is read.
    /// - Throws: `notATerminal` where the input is none; `alreadyOpen`; `noUTF8Locale`;
    ///   `unavailable` where the system lacks descriptors, memory or threads.
    public init(
        _ configuration: Configuration,
        onInterrupt: @escaping @Sendable () -> Void,
        onTerminate: @escaping @Sendable (_ signal: Int32) -> Void
    ) throws(LineEditorError) {
        let wake = try WakeDescriptor()
        prompt = configuration.prompt
        output = configuration.output
        inbox = Inbox(limit: configuration.queueLimit, wake: wake)
        configuration.history.forEach(inbox.remember)
        let parts = try TerminalParts(configuration)
        canOnlyPrint = parts.screen.isDumb
        let loop = try EditLoop(
            inbox: inbox,
            wake: wake,
            terminal: parts,
            complete: configuration.complete,
            onInterrupt: onInterrupt,
            onTerminate: onTerminate,
        )
        thread = try WorkerThread { loop.run() }
    }

    deinit {
        close()
    }

    /// The width of the terminal now, in columns; 80 where it has none.
    public var columns: Int {
        Screen.size(of: output).columns
    }

    /// Whether lines are edited and a prompt is shown: the output is a terminal.
    public var isOutputTerminal: Bool {
        SystemCall.isTerminal(output)
    }

    /// Reads a line; one task at a time.
    ///
    /// What was pasted as several lines is edited as one; on Enter each that is not empty comes
    /// as a line of its own, in order, without a prompt between them.
    /// - Returns: the line or why there is none; `end` after ``close()`` or where the task is
    ///   cancelled.
    public func readLine(prompt: Prompt) async -> ReadResult {
        await inbox.read(prompt: prompt)
    }

    /// Reads a line with the configuration's prompt.
    public func readLine() async -> ReadResult {
        await readLine(prompt: prompt)
    }

    /// Adds a line to those that the arrow keys find, from the next line read on.
    ///
    /// Blank lines and one equal to the last are left out.
    public func remember(_ line: String) {
        inbox.remember(line)
    }

    /// Leaves the terminal to something else, a pager, while `body` runs.
    ///
    /// What was printed before is written first; what is printed meanwhile waits in the queue. The
    /// terminal is in its ordinary mode; Ctrl-C is ignored here, and Ctrl-Z stops this program with
    /// the borrower. Not to be called while a line is read.
    public func lend<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        await inbox.lend()
        defer { inbox.takeBack() }
        return try await body()
    }

    /// Prints a text of one or more rows, in order with the others, and ends its last row.
    ///
    /// While a line is edited the text appears above it. Never blocks: texts wait in a queue, and
    /// beyond its limit the oldest are counted and dropped, and a row on the screen says how many.
    /// A command that prints more pieces than that calls ``flush()`` now and then.
    /// - Parameter text: made harmless by the caller: no control character but line feeds, tabs
    ///   and what colours it. Lost after ``close()``.
    public func print(_ text: String) {
        inbox.add(text)
    }

    /// Returns when everything printed so far is written.
    public func flush() async {
        await inbox.flush()
    }

    /// Writes what was printed, puts the terminal back as it was and ends the editor's thread.
    ///
    /// A line being read ends with `end`. Returns when all that is done, but at once when called
    /// on the editor's thread. A second call does nothing.
    public func close() {
        inbox.close()
        thread.join()
    }
}
