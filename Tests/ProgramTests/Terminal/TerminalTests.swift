import Foundation
import Testing

/// The built program at its prompt, in tmux.
@Suite(.timeLimit(.minutes(5)), .serialized) struct TerminalTests {
    @Test("two peers talk while a wrapped line is half typed; the line stays and works")
    func twoPeers() async throws {
        let left = try await Terminal.start(columns: 50, rows: 40)
        let right = try await Terminal.start(columns: 50, rows: 40)
        let leftHost = try await left.startGobtalk()
        let rightHost = try await right.startGobtalk()

        // A line of two rows, with the cursor in its first row.
        try await left.type("send string \(rightHost) a line that is half typed when ")
        try await left.type("something comes")
        for _ in "when something comes" { try await left.press("Left") }
        try await left.wait("something comes")

        try await right.type("send string \(leftHost) first message")
        try await right.press("Enter")
        try await right.wait("Thank you.")
        try await right.type("demo \(leftHost)")
        try await right.press("Enter")
        try await right.wait("sent complexData, 186 bytes")

        let screen = try await left.wait { $0.contains("first message") && $0.contains("  | }") }
        let prompt = try #require(screen.range(of: "gobtalk> send string"))
        let line = screen[prompt.lowerBound...].replacing("\n", with: "")
        #expect(
            line
                == "gobtalk> send string \(rightHost) a line that is half typed when something comes"
        )
        #expect(screen[..<prompt.lowerBound].contains("#1 127.0.0.1:"))
        #expect(screen[..<prompt.lowerBound].contains("      N: 256,"))

        // The cursor is where it was: what is typed now goes into the middle.
        try await left.type("INSERTED ")
        try await left.wait("INSERTED")
        try await left.press("Enter")
        try await left.wait("Thank you.")
        let message = try await right.wait("INSERTED").replacing("  | ", with: "")
        let sent = "a line that is half typed INSERTED when something comes"
        #expect(message.filter { !$0.isWhitespace }.contains(sent.filter { !$0.isWhitespace }))
    }

    @Test("10,000 messages arrive while somebody types: none is lost, and every key counts")
    func flood() async throws {
        let terminal = try await Terminal.start(columns: 80, rows: 12)
        let host = try await terminal.startGobtalk()
        try await terminal.type("help sen")
        let flood = try await Tool(GoPeer.path, ["-connect", host, "-flood", "10000"])
        for key in "d string" { try await terminal.type("\(key)") }
        #expect(await flood.end().output == "10000 replies\n")
        let screen = try await terminal.wait {
            $0.contains(": flood 10000\n") && $0.hasSuffix("gobtalk> help send string")
        }
        let rows = screen.split(separator: "\n")
        #expect(rows.count == 12)
        for (offset, row) in rows.dropLast().enumerated() {
            #expect(row.hasSuffix(": flood \(9_990 + offset)"), "\(row)")
        }
        try await terminal.press("Enter")
        try await terminal.wait("send string HOST TEXT: send a line")
        try await terminal.type("messages 1")
        try await terminal.press("Enter")
        try await terminal.wait { $0.contains("#10000 127.0.0.1:") && $0.hasSuffix("gobtalk>") }
    }

    @Test("wide characters are typed, sent and shown, and messages come above them")
    func wideCharacters() async throws {
        let terminal = try await Terminal.start(columns: 30, rows: 14)
        let host = try await terminal.startGobtalk()
        let text = "漢字かな交じり文は😀幅が二つ"
        try await terminal.type("send string \(host) \(text)")
        try await terminal.wait { $0.replacing("\n", with: "").hasSuffix(text) }
        #expect(
            try await Tool.run(Tool.gobtalk, ["send", "string", host, "wide above"]).status == 0
        )
        try await terminal.wait {
            $0.contains("wide above") && $0.replacing("\n", with: "").hasSuffix(text)
        }
        try await terminal.press("Enter")
        let screen = try await terminal.wait("Thank you.")
        #expect(screen.replacing("\n  | ", with: "").contains("STRING: \(text)"))
    }

    @Test("Ctrl-C drops the line, or cancels the command that runs")
    func interrupt() async throws {
        let terminal = try await Terminal.start(columns: 60, rows: 12)
        _ = try await terminal.startGobtalk()
        try await terminal.type("send string nowhere x")
        try await terminal.wait { $0.hasSuffix("nowhere x") }
        try await terminal.press("C-c")
        try await terminal.wait {
            $0.hasSuffix("nowhere x^C\ngobtalk>") || $0.hasSuffix("^C\ngobtalk>")
        }
        let silent = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0", "-silent"])
        let host = try await silent.line(beginning: "127.0.0.1:")
        try await terminal.type("send string \(host) x")
        try await terminal.press("Enter")
        try await terminal.waitForCommand()
        try await terminal.press("C-c")
        try await terminal.wait { $0.contains("interrupted") && $0.hasSuffix("gobtalk>") }
        _ = await silent.end()
    }

    @Test("Ctrl-Z gives the terminal back, and fg brings the line again")
    func suspended() async throws {
        let terminal = try await Terminal.start(columns: 120, rows: 30)
        try await terminal.type("set -m; stty -a > /tmp/gobtalk.$$; echo ready")
        try await terminal.press("Enter")
        try await terminal.wait("\nready")
        let host = try await terminal.startGobtalk()
        try await terminal.type("help lis")
        try await terminal.wait { $0.hasSuffix("gobtalk> help lis") }
        try await terminal.press("C-z")
        try await terminal.wait { $0.hasSuffix("$") }
        try await terminal.type("stty -a | diff - /tmp/gobtalk.$$ && echo same; rm /tmp/gobtalk.$$")
        try await terminal.press("Enter")
        try await terminal.wait { $0.hasSuffix("\nsame\n$") }
        try await terminal.type("fg")
        try await terminal.press("Enter")
        try await terminal.wait { $0.hasSuffix("gobtalk> help lis") }
        #expect(
            try await Tool.run(Tool.gobtalk, ["send", "string", host, "still here"]).status == 0
        )
        try await terminal.wait { $0.contains("still here\ngobtalk> help lis") }
        try await terminal.type("ten")
        try await terminal.press("Enter")
        try await terminal.wait("listen [ADDRESS]: say where")
    }

    @Test("a signal that comes while a command runs ends the program after it")
    func terminatedInCommand() async throws {
        let terminal = try await Terminal.start(columns: 100, rows: 12)
        _ = try await terminal.startGobtalk()
        let silent = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0", "-silent"])
        let host = try await silent.line(beginning: "127.0.0.1:")
        try await terminal.type("send string \(host) x")
        try await terminal.press("Enter")
        try await terminal.waitForCommand()
        kill(try await terminal.programID, SIGTERM)
        try await terminal.wait { $0.hasSuffix("$") }
        try await terminal.type("echo status=$?")
        try await terminal.press("Enter")
        try await terminal.wait("\nstatus=143")
        _ = await silent.end()
    }

    @Test("nothing that a peer sends looks like a prompt or another message")
    func forgery() async throws {
        let terminal = try await Terminal.start(columns: 60, rows: 30)
        let host = try await terminal.startGobtalk()
        let forged = "12:00:00 #9 10.0.0.1:5 STRING: forged" + String(repeating: " ", count: 23)
        let text = String(repeating: "x", count: 60) + forged + "gobtalk> forged prompt"
        let script = "exec 3<>/dev/tcp/${0%:*}/${0#*:}; printf '%s\\n' \"$1\" >&3; cat <&3"
        try await Tool.run("bash", ["-c", script, host, text])
        try await terminal.wait { $0.contains("is not regis") || $0.contains("not registered") }
        #expect(try await Tool.run(Tool.gobtalk, ["send", "string", host, text]).status == 0)
        let screen = try await terminal.wait {
            $0.contains("STRING: xxx") && $0.hasSuffix("gobtalk>")
        }
        let rows = screen.split(separator: "\n")
        #expect(rows.allSatisfy { !$0.hasPrefix("12:00:00") })
        #expect(rows.count { $0.hasPrefix("gobtalk>") } == 1)
    }

    @Test("history is there with the arrow keys")
    func history() async throws {
        let terminal = try await Terminal.start(columns: 70, rows: 20)
        _ = try await terminal.startGobtalk()
        try await terminal.type("listen")
        try await terminal.press("Enter")
        try await terminal.type("show 1")
        try await terminal.press("Enter")
        try await terminal.wait("there is no message 1")
        try await terminal.press("Up", "Up")
        try await terminal.wait { $0.hasSuffix("gobtalk> listen") }
        try await terminal.press("Down")
        try await terminal.wait { $0.hasSuffix("gobtalk> show 1") }
    }

    @Test(
        "the terminal is as it was on every way out, and the status says which it was",
        arguments: [("C-d", 0), ("quit", 0), ("SIGTERM", 143), ("SIGHUP", 129), ("SIGSEGV", 139)]
    )
    func restored(_ way: String, _ status: Int) async throws {
        let terminal = try await Terminal.start(columns: 120, rows: 40)
        try await terminal.type("stty -a > /tmp/gobtalk.$$; echo ready")
        try await terminal.press("Enter")
        try await terminal.wait("\nready")
        _ = try await terminal.startGobtalk()
        try await terminal.type("half a line")
        try await terminal.wait { $0.hasSuffix("gobtalk> half a line") }
        switch way {
        case "C-d": try await terminal.press("C-u", "C-d")
        case "quit":
            try await terminal.press("C-u")
            try await terminal.type("quit")
            try await terminal.press("Enter")
        case "SIGTERM": kill(try await terminal.programID, SIGTERM)
        case "SIGHUP": kill(try await terminal.programID, SIGHUP)
        default: kill(try await terminal.programID, SIGSEGV)
        }
        try await terminal.wait { $0.hasSuffix("$") }
        try await terminal.type("echo status=$?; stty -a | diff - /tmp/gobtalk.$$ && echo same")
        try await terminal.press("Enter")
        let screen = try await terminal.wait { $0.contains("\nstatus=") && $0.hasSuffix("$") }
        #expect(screen.contains("\nstatus=\(status)\nsame\n"), "\(screen)")
        try await terminal.type("rm /tmp/gobtalk.$$")
        try await terminal.press("Enter")
    }
}
