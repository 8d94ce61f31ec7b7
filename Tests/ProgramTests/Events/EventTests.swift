import Foundation
import GobJSON
import Testing

/// What `--json` tells; that each line is as the schema says is checked in ``Tool``.
@Suite(.timeLimit(.minutes(5))) struct EventTests {
    private static let serving = ["--json", "--serve", "--listen", "127.0.0.1:0"]

    @Test("a conversation is told on both sides, with numbers, replies and times")
    func conversation() async throws {
        let server = try Tool(Tool.gobtalk, Self.serving)
        let host = try await server.host()
        let client = try await Tool.run(Tool.gobtalk, ["--json", "demo", host])
        #expect(client.status == 0)
        #expect(client.errors == "")
        let told = try EventLines.parse(client.output)
        #expect(told.names == ["connected", "sent", "sent", "closed"])
        let sent = told.events("sent")
        #expect(sent.map { $0["n"]?.number } == [1, 2])
        #expect(sent.allSatisfy { $0["peer"]?.string == host && $0["connection"]?.number == 1 })
        #expect(sent[0]["text"]?.string == "Additional data.")
        #expect(sent[0]["reply"]?.string == "Thank you.")
        #expect(try #require(sent[0]["rtt_ms"]?.number) > 0)
        #expect(sent[1]["type"]?.string == "complexData")
        #expect(sent[1]["value"] == (try JSONValue(parsing: Array(GoPeerTests.articleJSON.utf8))))
        let closed = try #require(told.events("closed").first)
        #expect(closed["direction"]?.string == "out")
        #expect(closed["messages"]?.number == 2)

        _ = try await server.line(containing: #""event":"closed""#)
        let outcome = await server.end(signal: SIGTERM)
        let seen = try EventLines.parse(outcome.output)
        #expect(seen.names == ["listening", "connected", "received", "received", "closed"])
        #expect(seen[0]["addresses"] == .array([.string(host)]))
        #expect(seen[1]["direction"]?.string == "in")
        #expect(seen[2]["text"]?.string == "Additional data.")
        #expect(seen[3]["value"] == sent[1]["value"])
        #expect(seen[3]["bytes"] == sent[1]["bytes"])
        #expect(seen[4]["bytes_received"] == closed["bytes_sent"])
        #expect(seen[4]["bytes_sent"] == closed["bytes_received"])
        #expect(seen[1]["peer"] == told[0]["local"])
    }

    @Test(
        "bytes are exact",
        arguments: [
            (#""\xff\x00é""#, "base64", "/wDDqQ=="),
            (#""\x00\x1b[31m""#, "text", "\u{0}\u{1B}[31m"),
            (#""\u009b\u202e\\""#, "text", "\u{9B}\u{202E}\\"),
            (" two  words ", "text", "two  words "),
        ]
    )
    func bytes(_ text: String, _ member: String, _ value: String) async throws {
        let server = try Tool(Tool.gobtalk, Self.serving)
        let host = try await server.host()
        let script = "send string \(host) \(text)\n"
        let client = try await Tool.run(Tool.gobtalk, ["--json", "--no-listen"], input: script)
        let sent = try #require(try EventLines.parse(client.output).events("sent").first)
        #expect(sent[member]?.string == value)
        _ = try await server.line(containing: #""event":"closed""#)
        let output = await server.end(signal: SIGTERM).output
        let received = try #require(try EventLines.parse(output).events("received").first)
        #expect(received[member]?.string == value)
        // Nothing that would drive a terminal.
        let controls = output.unicodeScalars.filter { $0.properties.generalCategory == .control }
        #expect(controls.allSatisfy { $0 == "\n" })
    }

    @Test("what commands print is an event, and nothing else is on standard output")
    func results() async throws {
        let script = """
            help
            set
            # a comment
            peers
            listen
            listen 127.0.0.1:0
            unlisten
            alias me localhost:1
            messages
            types complexData
            send string me x
            """
        let options = ["--json", "--color", "always", "--listen", "127.0.0.1:0"]
        let outcome = try await Tool.run(Tool.gobtalk, options, input: script)
        #expect(outcome.status == 2)
        let events = try EventLines.parse(outcome.output)
        #expect(
            events.names == [
                "listening", "result", "result", "result", "result", "listening", "listening",
                "result", "result", "error",
            ]
        )
        #expect(events[1]["text"]?.string?.contains("send string HOST TEXT") == true)
        #expect(events[5]["addresses"] != events[0]["addresses"])
        #expect(events[6]["addresses"] == .array([]))
        let message = try #require(events.last?["message"]?.string)
        #expect(message == "stdin:11: cannot dial \"localhost:1\": connection refused")
        // For people the same stands on standard error.
        #expect(outcome.errors.contains(message))
    }

    @Test("what peers do wrong is told with the peer and its command")
    func faults() async throws {
        let server = try Tool(Tool.gobtalk, Self.serving)
        let host = try await server.host()
        let port = try #require(host.split(separator: ":").last)
        let script = """
            exec 3<>/dev/tcp/127.0.0.1/\(port)
            printf 'BO\\377GUS\\n' >&3
            cat <&3
            exec 3<>/dev/tcp/127.0.0.1/\(port)
            printf 'GOB\\n\\000\\000' >&3
            cat <&3
            """
        try await Tool.run("bash", ["-c", script])
        _ = try await server.line(containing: #""event":"closed""#, count: 2)
        let outcome = await server.end(signal: SIGTERM)
        let errors = try EventLines.parse(outcome.output).events("error")
        #expect(errors.map { $0["command_base64"]?.string } == ["Qk//R1VT", nil])
        #expect(errors.map { $0["command"]?.string } == [nil, "GOB"])
        #expect(errors.allSatisfy { $0["peer"]?.string?.hasPrefix("127.0.0.1:") == true })
        #expect(outcome.errors.contains("is not registered; the connection is closed"))
    }

    @Test("at a terminal there is no prompt, and the line typed is a command all the same")
    func terminal() async throws {
        let command = "stty -echo; exec \(Tool.gobtalk) --json --no-listen"
        let shell = "printf 'alias a localhost\\nalias\\nquit\\n' | script -qec \"$0\" /dev/null"
        let outcome = try await Tool.run("sh", ["-c", shell, command])
        let lines = outcome.output.split(whereSeparator: \.isNewline)
        let output = lines.filter { $0.hasPrefix("{") }.map { $0 + "\n" }.joined()
        EventLines.validate(output)
        #expect(try EventLines.parse(output).names == ["result"])
        #expect(!outcome.output.contains("gobtalk>"))
    }

    @Test("with --quiet what is received is not told")
    func quiet() async throws {
        let server = try Tool(Tool.gobtalk, Self.serving + ["--quiet"])
        let host = try await server.host()
        try await Tool.run(Tool.gobtalk, ["send", "string", host, "x"])
        _ = try await server.line(containing: #""event":"closed""#)
        let output = await server.end(signal: SIGTERM).output
        #expect(try EventLines.parse(output).names == ["listening", "connected", "closed"])
    }
}
