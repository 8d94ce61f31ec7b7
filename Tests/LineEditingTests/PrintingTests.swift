import Dispatch
import Glibc
import LineEditing
import Testing

extension TerminalTests {
    @Suite("Printing")
    struct PrintingTests {
        @Test("a text above a half-typed line: the line is erased, and drawn below it")
        func above() async throws {
            let session = try Session()
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            session.terminal.type("half")
            try await session.terminal.wait(for: "half")
            session.terminal.clearOutput()
            session.editor.print("two\nrows\n")
            await session.editor.flush()
            try await session.terminal.wait(for: "\r\u{1B}[Jtwo\r\r\nrows\r\r\n> half")
            session.terminal.type(" and half\r")
            #expect(try await result == .line("half and half"))
        }

        @Test("a text above a line of three rows, with the cursor in the second")
        func aboveRows() async throws {
            let session = try Session(terminal: PseudoTerminal(columns: 10))
            let line = "12345678123456789012345"
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            session.terminal.type(line + String(repeating: "\u{2}", count: 10))
            try await session.terminal.wait(for: "45")
            session.terminal.type("!")
            try await session.terminal.wait(for: "!")
            session.terminal.clearOutput()
            session.editor.print("text")
            await session.editor.flush()
            try await session.terminal.wait(for: "\r\u{1B}[1A\u{1B}[Jtext\r\r\n> 12345678")
            session.terminal.type("\r")
            #expect(try await result == .line("1234567812345!6789012345"))
        }

        @Test("10,000 texts while keys are typed: none is lost, nor a key")
        func flood() async throws {
            let session = try Session()
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            let keys = "the quick brown fox"
            for number in 1...10_000 {
                session.editor.print("text \(number).")
                guard number % 500 == 0 else { continue }
                let index = keys.index(keys.startIndex, offsetBy: number / 500 - 1)
                if index < keys.endIndex { session.terminal.type(String(keys[index])) }
            }
            await session.editor.flush()
            session.terminal.type("\r")
            #expect(try await result == .line(keys))
            try await session.terminal.wait(for: "text 10000.")
            let rows = session.terminal.output.split(whereSeparator: \.isNewline)
            let numbers = rows.compactMap { row in
                row.firstRange(of: "text ").flatMap { Int(row[$0.upperBound...].dropLast()) }
            }
            #expect(numbers == Array(1...10_000))
        }

        @Test("beyond the limit the oldest are dropped and counted")
        func dropped() async throws {
            let entered = DispatchSemaphore(value: 0)
            let left = DispatchSemaphore(value: 0)
            let session = try Session(
                queueLimit: 10,
                onInterrupt: {
                    entered.signal()
                    left.wait()
                },
            )
            kill(getpid(), SIGINT)
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    entered.wait()
                    continuation.resume()
                }
            }
            for number in 1...100 { session.editor.print("text \(number)") }
            left.signal()
            await session.editor.flush()
            let note = "(90 messages were left off the screen)\r\ntext 91\r\n"
            try await session.terminal.wait(for: note)
            try await session.terminal.wait(for: "text 100\r\n")
            #expect(!session.terminal.output.contains("text 90"))
        }

        @Test("between lines texts are written in order, and before the prompt that follows")
        func between() async throws {
            let session = try Session()
            for number in 1...500 { session.editor.print("text \(number)") }
            async let result = session.editor.readLine()
            let rows = (1...500).map { "text \($0)\r\n" }.joined()
            try await session.terminal.wait(for: rows + "\u{1B}[?2004h\r\u{1B}[J> ")
            session.terminal.type("x\r")
            #expect(await result == .line("x"))
        }

        @Test("closing writes what was printed")
        func closing() async throws {
            let session = try Session()
            for number in 1...1000 { session.editor.print("text \(number)") }
            session.editor.close()
            try await session.terminal.wait(for: "text 1000\r\n")
        }

        @Test("a new size is taken up: the line is erased by the new width and drawn again")
        func resize() async throws {
            let session = try Session(terminal: PseudoTerminal(columns: 40))
            #expect(session.editor.columns == 40)
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            session.terminal.type("12345678901234567890")
            try await session.terminal.wait(for: "67890")
            session.terminal.clearOutput()
            session.terminal.resize(columns: 10, rows: 24)
            kill(getpid(), SIGWINCH)
            try await session.terminal.wait(for: "\r\u{1B}[2A\u{1B}[J> 12345678")
            #expect(session.editor.columns == 10)
            session.terminal.type("!\r")
            #expect(try await result == .line("12345678901234567890!"))
        }

        @Test("a dumb terminal gets text, carriage returns and backspaces only")
        func dumb() async throws {
            let session = try Session(type: "dumb")
            async let result = session.readLine()
            try await session.terminal.wait(for: "> ")
            session.terminal.type("half")
            try await session.terminal.wait(for: "half")
            session.editor.print("text")
            await session.editor.flush()
            session.terminal.type("!\r")
            #expect(try await result == .line("half!"))
            session.editor.print("last")
            session.editor.close()
            try await session.terminal.wait(for: "last")
            #expect(!session.terminal.output.contains("\u{1B}"))
            #expect(session.terminal.output.contains("\r      \rtext\r"))
        }

        @Test("an unknown terminal is named once, and lines are read")
        func unknown() async throws {
            let session = try Session(type: "no-such-terminal")
            session.terminal.type("x\r")
            #expect(await session.editor.readLine() == .line("x"))
            session.editor.print("last")
            session.editor.close()
            try await session.terminal.wait(for: "last")
            let output = session.terminal.output
            #expect(output.hasPrefix("unknown terminal type \"no-such-terminal\""))
            #expect(output.split(separator: "no-such-terminal").count == 2)
            #expect(!output.contains("\u{1B}"))
        }

        @Test("an output that is no terminal gets the texts and nothing else")
        func redirected() async throws {
            let output = temporaryFile()
            defer { close(output) }
            let session = try Session(output: output)
            session.editor.print("one")
            session.terminal.type("line 漢\n\u{4}")
            #expect(await session.editor.readLine() == .line("line 漢"))
            session.editor.print("two\nthree")
            #expect(await session.editor.readLine() == .end)
            session.editor.close()
            var bytes = [UInt8](repeating: 0, count: 100)
            let count = pread(output, &bytes, bytes.count, 0)
            #expect(String(decoding: bytes[..<count], as: UTF8.self) == "one\ntwo\nthree\n")
        }
    }
}
