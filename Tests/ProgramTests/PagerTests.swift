import Foundation
import Testing

/// `show` with a real pager, in tmux.
@Suite(.timeLimit(.minutes(5)), .serialized) struct PagerTests {
    @Test("a long message is paged; what arrives meanwhile waits, and the prompt works after it")
    func less() async throws {
        let terminal = try await Terminal.start(columns: 60, rows: 10)
        let host = try await terminal.startGobtalk()
        try await Tool.run(Tool.gobtalk, ["send", "string", host, long])
        try await terminal.wait("shows the rest")
        try await terminal.type("show 1")
        try await terminal.press("Enter")
        let first = try await terminal.wait { $0.hasSuffix("\n:") }
        #expect(first.split(separator: "\n").count == 10)
        #expect(first.contains("STRING: start word"))
        try await terminal.press("G")
        try await terminal.wait { $0.contains("finish") && $0.hasSuffix("(END)") }
        try await Tool.run(Tool.gobtalk, ["send", "string", host, "meanwhile"])
        let during = try await terminal.screen
        #expect(!during.contains("meanwhile"))
        // Ctrl-C is the pager's, which drops the keys that are pressed too early after it.
        try await terminal.press("C-c")
        try await poll("beginning of the text") {
            try await terminal.press("g")
            let screen = try await terminal.screen
            return (screen.contains("STRING: start") ? () : nil, screen)
        }
        try await terminal.press("q")
        try await terminal.wait { $0.contains("STRING: meanwhile\ngobtalk>") }
        try await terminal.type("messages 1")
        try await terminal.press("Enter")
        try await terminal.wait { $0.contains("messages 1\n") && $0.hasSuffix("gobtalk>") }
    }

    @Test(
        "a pager that is not there, or not wanted, leaves the text on the screen",
        arguments: [("PAGER=/no/such", true), ("PAGER=", false), ("PAGER=cat", false)]
    )
    func none(_ setting: String, _ hasWord: Bool) async throws {
        let terminal = try await Terminal.start(columns: 80, rows: 20)
        try await terminal.type("export \(setting)\n")
        let host = try await terminal.startGobtalk()
        try await Tool.run(Tool.gobtalk, ["send", "string", host, long])
        try await terminal.wait("shows the rest")
        try await terminal.type("show 1")
        try await terminal.press("Enter")
        let screen = try await terminal.wait { $0.contains("finish") && $0.hasSuffix("gobtalk>") }
        #expect(screen.contains("there is no such pager") == hasWord)
        #expect(!screen.contains("LESS"))
    }

    /// A text of some 70 rows.
    private let long = "start " + String(repeating: "word ", count: 800) + "finish"
}
