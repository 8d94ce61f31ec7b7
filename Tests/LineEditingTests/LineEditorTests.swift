import Glibc
import LineEditing
import Synchronization
import Testing

/// What uses the process's one terminal, its signals or its environment: one test at a time.
@Suite("Terminal", .serialized, .timeLimit(.minutes(5)))
struct TerminalTests {}

extension TerminalTests {
    @Suite("Reading a line")
    struct LineEditorTests {
        struct Typed: CustomTestStringConvertible {
            var testDescription: String
            var keys: String
            var line: String
        }

        private static let typed = [
            Typed(testDescription: "a word", keys: "hello\r", line: "hello"),
            Typed(testDescription: "nothing", keys: "\r", line: ""),
            Typed(testDescription: "wide characters", keys: "é 漢字 😀\r", line: "é 漢字 😀"),
            Typed(testDescription: "Backspace", keys: "漢字é\u{7F}\u{7F}x\r", line: "漢x"),
            Typed(testDescription: "Left", keys: "ac\u{1B}[Db\r", line: "abc"),
            Typed(testDescription: "Ctrl-Left", keys: "one two\u{1B}[1;5DX\r", line: "one Xtwo"),
            Typed(
                testDescription: "Ctrl-Right",
                keys: "one two\u{1}\u{1B}[1;5C\u{1B}[1;5CX\r",
                line: "one twoX",
            ),
            Typed(testDescription: "Alt-b", keys: "one two\u{1B}bX\r", line: "one Xtwo"),
            Typed(testDescription: "Ctrl-W", keys: "one two\u{17}X\r", line: "one X"),
            Typed(
                testDescription: "many rows",
                keys: String(repeating: "漢x", count: 200) + "\r",
                line: String(repeating: "漢x", count: 200),
            ),
        ]

        @Test("keys become a line", arguments: typed)
        func line(typed: Typed) async throws {
            let session = try Session()
            #expect(try await session.readLine(typing: typed.keys) == .line(typed.line))
        }

        @Test("lines typed ahead come one by one")
        func typedAhead() async throws {
            let session = try Session()
            #expect(try await session.readLine(typing: "one\rtwo\rthree\r") == .line("one"))
            #expect(await session.editor.readLine() == .line("two"))
            #expect(await session.editor.readLine() == .line("three"))
        }

        @Test("a character whose bytes come apart is one, and bytes that are no UTF-8 are seen")
        func bytes() async throws {
            let session = try Session()
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            session.terminal.type([0xE6])
            session.terminal.type([0xBC])
            session.terminal.type([0xA2, 0xFF, 0x0D])
            #expect(try await result == .line("漢\u{FFFD}"))
        }

        @Test("Ctrl-D on an empty line is the end; elsewhere it is not")
        func endOfInput() async throws {
            let session = try Session()
            #expect(try await session.readLine(typing: "x\u{4}\r") == .line("x"))
            #expect(try await session.readLine(typing: "\u{4}") == .end)
            session.editor.print("after")
            await session.editor.flush()
            try await session.terminal.wait(for: "\nafter")
        }

        @Test(
            "Ctrl-C drops the line, and the next one is whole",
            arguments: ["half", "half\u{12}x"]
        )
        func interrupt(keys: String) async throws {
            let session = try Session()
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            session.terminal.type(keys)
            try await session.terminal.wait(for: String(keys.suffix(1)))
            kill(getpid(), SIGINT)
            #expect(try await result == .interrupted)
            try await session.terminal.wait(for: "^C\r")
            #expect(try await session.readLine(typing: "whole\r") == .line("whole"))
            #expect(session.events.signals == [])
        }

        @Test("a signal to end is the result while a line is read", arguments: [SIGTERM, SIGHUP])
        func terminate(signal: Int32) async throws {
            let session = try Session()
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            kill(getpid(), signal)
            #expect(try await result == .terminated(signal: signal))
            #expect(session.events.signals == [])
        }

        @Test("signals while no line is read are told", arguments: [SIGINT, SIGTERM, SIGHUP])
        func told(signal: Int32) async throws {
            let session = try Session()
            kill(getpid(), signal)
            try await waitUntil { session.events.signals == [signal] }
        }

        @Test("the arrow key brings lines back, but no blank ones and no neighbours alike")
        func history() async throws {
            let session = try Session()
            for line in ["one", "two", "two", "  ", ""] {
                #expect(try await session.readLine(typing: line + "\r") == .line(line))
                session.editor.remember(line)
            }
            let up = "\u{1B}[A"
            #expect(try await session.readLine(typing: up + up + "!\r") == .line("one!"))
            #expect(try await session.readLine(typing: "\u{12}tw\r") == .line("two"))
        }

        @Test("closing ends the line that is read, and every later one")
        func closing() async throws {
            let session = try Session()
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            session.editor.close()
            session.editor.close()
            #expect(try await result == .end)
            #expect(await session.editor.readLine() == .end)
            session.editor.print("lost")
            await session.editor.flush()
        }

        @Test("a cancelled task's line ends, and the next one is read")
        func cancelled() async throws {
            let session = try Session()
            let reading = Task { await session.editor.readLine() }
            try await session.terminal.wait(for: "> ")
            reading.cancel()
            #expect(await reading.value == .end)
            #expect(try await session.readLine(typing: "x\r") == .line("x"))
        }

        @Test("the terminal is raw only while a line is read, and in the end as it was")
        func attributes() async throws {
            let terminal = try PseudoTerminal()
            let before = terminal.attributes
            let session = try Session(terminal: terminal)
            async let result = session.readLine()
            try await terminal.wait(for: "> ")
            #expect(terminal.attributes[3] & UInt32(ICANON | ECHO) == 0)
            terminal.type("x\r")
            #expect(try await result == .line("x"))
            let flags = UInt32(ICANON | ECHO | ISIG)
            #expect(terminal.attributes[3] & flags == flags)
            session.editor.close()
            #expect(terminal.attributes == before)
        }

        @Test("a process has one editor at a time, on a terminal")
        func faults() throws {
            let session = try Session()
            #expect(throws: LineEditorError.alreadyOpen) { try Session() }
            session.editor.close()
            _ = try Session()
            let descriptor = open("/dev/null", O_RDWR)
            defer { close(descriptor) }
            var configuration = LineEditor.Configuration(programName: "test", prompt: "> ")
            configuration.input = descriptor
            #expect(throws: LineEditorError.notATerminal(fileDescriptor: descriptor)) {
                try LineEditor(configuration, onInterrupt: {}, onTerminate: { _ in })
            }
        }
    }
}

/// An editor on a terminal of its own.
struct Session: Sendable {
    let terminal: PseudoTerminal
    let editor: LineEditor
    let events = Events()

    init(
        terminal: PseudoTerminal? = nil,
        type: String = "xterm",
        output: Int32? = nil,
        queueLimit: Int = 10_000,
        history: [String] = [],
        settings: String = "",
        onInterrupt: (@Sendable () -> Void)? = nil,
        complete: (@Sendable (String, Int) -> Completion)? = nil
    ) throws {
        setenv("TERM", type, 1)
        let file = temporaryFile()
        defer { close(file) }
        write(file, settings, settings.utf8.count)
        setenv("EDITRC", "/proc/self/fd/\(file)", 1)
        let terminal = try terminal ?? PseudoTerminal()
        var configuration = LineEditor.Configuration(programName: "test", prompt: "> ")
        configuration.input = terminal.terminal
        configuration.output = output ?? terminal.terminal
        configuration.error = terminal.terminal
        configuration.queueLimit = queueLimit
        configuration.history = history
        configuration.complete = complete
        self.terminal = terminal
        editor = try LineEditor(
            configuration,
            onInterrupt: onInterrupt ?? { [events] in events.add(SIGINT) },
            onTerminate: { [events] in events.add($0) },
        )
    }

    /// Reads a line; keys, if any, are typed when the prompt is there, so that the editor gets
    /// them all and not the terminal's own line discipline.
    func readLine(typing keys: String? = nil) async throws -> ReadResult {
        terminal.clearOutput()
        guard let keys else { return await editor.readLine() }
        async let result = editor.readLine()
        try await terminal.wait(for: "> ")
        // What was seen may be the line before; in the ordinary mode Ctrl-R is the terminal's own.
        try await waitUntil { terminal.isRaw }
        terminal.type(keys)
        return await result
    }
}

/// The signals an editor told of.
final class Events: Sendable {
    private let list = Mutex<[Int32]>([])

    var signals: [Int32] {
        list.withLock { $0 }
    }

    func add(_ signal: Int32) {
        list.withLock { $0.append(signal) }
    }
}
