import Foundation
import Testing

/// What the options and the environment make of what is shown, outside a prompt.
@Suite(.timeLimit(.minutes(5))) struct DisplayOptionTests {
    @Test(
        "colour goes into a pipe only where it always does",
        arguments: ["auto", "always", "never"]
    )
    func color(_ setting: String) async throws {
        let server = try Tool(
            Tool.gobtalk,
            ["--serve", "--listen", "127.0.0.1:0", "--color", setting]
        )
        let host = try await address(of: server)
        try await Tool.run(Tool.gobtalk, ["send", "string", host, "\u{1B}[31mred"])
        let row = try await server.line()
        _ = await server.end(signal: SIGTERM)
        let plain = row.replacing(#/\x1B\[\d+m/#, with: "")
        #expect(plain.hasSuffix(#" STRING: \x1b[31mred"#))
        #expect((plain != row) == (setting == "always"))

        let failed = try await Tool.run(Tool.gobtalk, ["--color", setting, "bogus"])
        #expect(failed.errors.contains("\u{1B}[31mgobtalk: ") == (setting == "always"))
        #expect(failed.errors.contains("\u{1B}") == (setting == "always"))
    }

    @Test("--trace shows the bytes on standard error, and the result on standard output")
    func trace() async throws {
        let server = try Tool(Tool.gobtalk, ["--serve", "--trace", "--listen", "127.0.0.1:0"])
        let host = try await address(of: server)
        let sent = try await Tool.run(Tool.gobtalk, ["--trace", "send", "string", host, "é\u{7}"])
        let margin = String(repeating: " ", count: "> \(host)      ".count)
        #expect(
            sent.errors == #"""
                > \#(host)     7  53 54 52 49 4e 47 0a     STRING.   command STRING
                > \#(host)     4  c3 a9 07 0a              ....      text "é\x07"
                < \#(host)    11  54 68 61 6e 6b 20 79 6f  Thank yo  reply "Thank you."
                \#(margin)  75 2e 0a                 u..

                """#
        )
        #expect(sent.output.hasPrefix("Thank you. ("))
        _ = try await server.errorLine(beginning: "< 127.0.0.1:")
        let received = await server.end(signal: SIGTERM)
        #expect(received.errors.contains(#"reply "Thank you.""#))
        #expect(received.output.hasSuffix(" STRING: é\\x07\n"))
    }

    @Test(
        "an option that is no setting's value is refused",
        arguments: [
            ("--color", "blue"), ("--keep-alive", "1ms"), ("--keep-alive", "never"),
            ("--fallback-delay", "soon"), ("--local-address", "localhost"),
        ]
    )
    func refused(_ option: String, _ value: String) async throws {
        let outcome = try await Tool.run(Tool.gobtalk, [option, value, "help"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.hasPrefix("Error: The value '\(value)' is invalid for '\(option) "))
    }

    @Test("options are the settings at the start")
    func settings() async throws {
        let options = [
            "--keep-alive", "off", "--color", "never", "--trace", "--quiet", "--timeout", "3s",
            "--fallback-delay", "1s", "--local-address", "127.0.0.1",
        ]
        let shown = try await Tool.run(Tool.gobtalk, options + ["set"]).output
        let values = shown.split(separator: "\n").map { $0.split(separator: " ").prefix(2) }
        #expect(
            values.map { $0.joined(separator: " ") } == [
                "color never", "fallback-delay 1s", "format go", "keep-alive off",
                "local-address 127.0.0.1", "quiet on", #"reply "Thank"#, "timeout 3s",
                "timestamps on", "trace on",
            ]
        )
    }

    /// The host under which a peer is reached that says where it listens.
    private func address(of server: Tool) async throws -> String {
        let line = try await server.errorLine(beginning: "gobtalk: listening on ")
        let words = line.replacing(#/\x1B\[\d+m/#, with: "").split(separator: " ")
        return String(words[3].dropLast())
    }
}
