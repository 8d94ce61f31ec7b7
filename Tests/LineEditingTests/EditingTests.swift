import Glibc
import LineEditing
import Synchronization
import Testing

extension TerminalTests {
    @Suite("Keys, completion, history, pastes")
    struct EditingTests {
        struct Typed: CustomTestStringConvertible {
            var testDescription: String
            var keys: String
            var line: String
        }

        private static let emacsKeys = [
            Typed(testDescription: "Alt-B", keys: "one two\u{1B}bX\r", line: "one Xtwo"),
            Typed(testDescription: "Alt-F", keys: "one two\u{1}\u{1B}fX\r", line: "oneX two"),
            Typed(testDescription: "Alt-D", keys: "one two\u{1}\u{1B}d\r", line: " two"),
            Typed(testDescription: "Alt-Backspace", keys: "one two\u{1B}\u{7F}X\r", line: "one X"),
            Typed(testDescription: "Home", keys: "ab\u{1B}[HX\r", line: "Xab"),
            Typed(testDescription: "Home of xterm", keys: "ab\u{1B}OHX\r", line: "Xab"),
            Typed(testDescription: "Home of tmux", keys: "ab\u{1B}[1~X\r", line: "Xab"),
            Typed(testDescription: "Home of rxvt", keys: "ab\u{1B}[7~X\r", line: "Xab"),
            Typed(testDescription: "End", keys: "ab\u{1}\u{1B}[FX\r", line: "abX"),
            Typed(testDescription: "End of xterm", keys: "ab\u{1}\u{1B}OFX\r", line: "abX"),
            Typed(testDescription: "End of tmux", keys: "ab\u{1}\u{1B}[4~X\r", line: "abX"),
            Typed(testDescription: "End of rxvt", keys: "ab\u{1}\u{1B}[8~X\r", line: "abX"),
            Typed(testDescription: "Delete", keys: "abc\u{1}\u{1B}[3~\r", line: "bc"),
            Typed(testDescription: "Delete at the end", keys: "\u{1B}[3~x\u{1B}[3~\r", line: "x"),
            Typed(testDescription: "Insert", keys: "a\u{1B}[2~b\r", line: "ab"),
            Typed(testDescription: "Ctrl-K", keys: "abc\u{1}\u{6}\u{B}\r", line: "a"),
            Typed(testDescription: "Ctrl-U", keys: "abc\u{15}x\r", line: "x"),
            Typed(testDescription: "Ctrl-L", keys: "ab\u{C}c\r", line: "abc"),
            Typed(testDescription: "U+0080 is no paste", keys: "a\u{80}b\r", line: "a\u{FFFD}b"),
        ]

        @Test("keys do what hands expect", arguments: emacsKeys)
        func keys(typed: Typed) async throws {
            let session = try Session()
            #expect(try await session.readLine(typing: typed.keys) == .line(typed.line))
        }

        private static let viKeys = [
            Typed(testDescription: "insertion", keys: "abc\r", line: "abc"),
            Typed(testDescription: "Escape and x", keys: "abc\u{1B}x\r", line: "ab"),
            Typed(testDescription: "words", keys: "one two\u{1B}bcwX\r", line: "one X"),
            Typed(testDescription: "Left does not end it", keys: "ac\u{1B}[Db\r", line: "abc"),
            Typed(testDescription: "Home and End", keys: "b\u{1B}[Ha\u{1B}OFc\r", line: "abc"),
            Typed(testDescription: "Delete", keys: "\u{1B}[3~ab\u{1B}[D\u{1B}[3~\r", line: "a"),
            Typed(
                testDescription: "a paste where the cursor is",
                keys: "ac\u{1B}[D\u{1B}[200~b\tb\u{1B}[201~\r",
                line: "ab\tbc",
            ),
            Typed(
                testDescription: "a paste in command mode",
                keys: "ac\u{1B}\u{1B}[200~bb\u{1B}[201~\r",
                line: "abbc",
            ),
        ]

        @Test("vi's keys, by the user's .editrc", arguments: viKeys)
        func vi(typed: Typed) async throws {
            let session = try Session(settings: "test:bind -v\nother:bind -e\n")
            #expect(try await session.readLine(typing: typed.keys) == .line(typed.line))
        }

        @Test("a binding of the user's holds, but Tab and pastes are the program's")
        func settings() async throws {
            let settings =
                "bind ^G ed-move-to-beg\nbind ^W ed-move-to-beg\nbind ^I ed-insert\nedit off\n"
            let session = try Session(
                settings: settings,
                complete: { Completion(insertion: "<\($0)|\($1)>") },
            )
            #expect(try await session.readLine(typing: "ab\u{7}x\r") == .line("xab"))
            #expect(try await session.readLine(typing: "ab\u{17}x\r") == .line("xab"))
            #expect(try await session.readLine(typing: "é\t\r") == .line("é<é|2>"))
        }

        @Test("Tab inserts at the cursor, which is told in bytes")
        func insertion() async throws {
            let session = try Session(complete: { Completion(insertion: "[\($0)@\($1)]") })
            #expect(try await session.readLine(typing: "漢é x\u{2}\t\r") == .line("漢é [漢é x@6]x"))
        }

        @Test("Tab lists what is possible above the line, and beeps where nothing is")
        func candidates() async throws {
            let session = try Session(complete: { line, _ in
                guard line == "s" else { return Completion() }
                return Completion(insertion: "e", candidates: ["send", "set"])
            })
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            session.terminal.clearOutput()
            session.terminal.type("s\t")
            try await session.terminal.wait(for: "\r\u{1B}[Jsend  set\r\r\n> se")
            session.terminal.type("\t")
            try await session.terminal.wait(for: "\u{7}")
            session.terminal.type("t\r")
            #expect(try await result == .line("set"))
        }

        @Test("the arrow keys find the history that the editor was opened with")
        func history() async throws {
            let session = try Session(history: ["one", "two", "two", "a\u{301} 漢"])
            let up = "\u{1B}[A"
            #expect(try await session.readLine(typing: up + "\r") == .line("a\u{301} 漢"))
            #expect(try await session.readLine(typing: up + up + up + "!\r") == .line("one!"))
            #expect(try await session.readLine(typing: "\u{12}tw\r") == .line("two"))
            session.editor.remember("three")
            #expect(try await session.readLine(typing: "\u{1B}OA\r") == .line("three"))
            #expect(try await session.readLine(typing: "t\u{1B}[5~\u{1B}[5~\r") == .line("two"))
        }

        @Test("several lines pasted are one edit; on Enter they come one after the other")
        func paste() async throws {
            let session = try Session(complete: { _, _ in Completion(insertion: "completed") })
            let keys = "\u{1B}[200~one\ttab\rtwo\r\rthree\u{1B}[201~"
            async let result = session.readLine()
            try await session.terminal.wait(for: "\u{1B}[?2004h")
            session.terminal.type(keys)
            try await session.terminal.wait(for: "three")
            session.editor.print("above")
            try await session.terminal.wait(for: "\r\u{1B}[3A\u{1B}[Jabove\r\r\n> one")
            session.terminal.type("!\r")
            #expect(try await result == .line("one\ttab"))
            session.terminal.clearOutput()
            #expect(await session.editor.readLine() == .line("two"))
            #expect(await session.editor.readLine() == .line("three!"))
            #expect(!session.terminal.output.contains(">"))
            #expect(try await session.readLine(typing: "next\r") == .line("next"))
        }

        @Test("Ctrl-C between the lines of a paste drops the others")
        func interruptedPaste() async throws {
            let session = try Session()
            let keys = "\u{1B}[200~one\ntwo\nthree\u{1B}[201~\r"
            #expect(try await session.readLine(typing: keys) == .line("one"))
            kill(getpid(), SIGINT)
            try await waitUntil { session.events.signals == [SIGINT] }
            #expect(try await session.readLine(typing: "next\r") == .line("next"))
        }

        @Test("a paste of a MiB is a line")
        func longPaste() async throws {
            let session = try Session()
            let text = String(repeating: "0123456789abcde\u{E9}", count: 1 << 16)
            let keys = "\u{1B}[200~\(text)\u{1B}[201~!\r"
            #expect(try await session.readLine(typing: keys) == .line(text + "!"))
        }

        @Test("a coloured prompt is bold and green, its last character plain")
        func colour() async throws {
            let session = try Session()
            async let result = session.editor.readLine(prompt: .init("me> ", isColored: true))
            try await session.terminal.wait(for: "\u{1B}[1;32mme>\u{1B}[0m ")
            session.terminal.type("x\r")
            #expect(await result == .line("x"))
        }

        @Test("while the terminal is lent nothing is printed, and Ctrl-C is the borrower's")
        func lend() async throws {
            let session = try Session()
            session.editor.print("before")
            let result = try await session.editor.lend {
                try await session.terminal.wait(for: "before")
                session.editor.print("meanwhile")
                kill(getpid(), SIGINT)
                try await waitUntil { !isPending(SIGINT) }
                // Told after the SIGINT that came before it.
                kill(getpid(), SIGTERM)
                try await waitUntil { session.events.signals == [SIGTERM] }
                #expect(!session.terminal.output.contains("meanwhile"))
                return 7
            }
            #expect(result == 7)
            try await session.terminal.wait(for: "meanwhile")
            #expect(session.events.signals == [SIGTERM])
        }

        @Test("pastes are enclosed only while a line is read")
        func pasteMode() async throws {
            let session = try Session()
            #expect(try await session.readLine(typing: "x\r") == .line("x"))
            try await session.terminal.wait(for: "\u{1B}[?2004l")
            #expect(session.terminal.output.ranges(of: "\u{1B}[?2004h").count == 1)
        }
    }
}

/// Whether a signal to this process was not delivered yet.
private func isPending(_ signal: Int32) -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return sigismember(&pending, signal) == 1
}
