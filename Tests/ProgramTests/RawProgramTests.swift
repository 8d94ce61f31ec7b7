import Foundation
import GobJSON
import Testing

/// `send raw` and `send bytes` of the built program, to a program in Go.
@Suite(.timeLimit(.minutes(5))) struct RawProgramTests {
    @Test("raw bytes are a command to a Go program, given as arguments and in a script")
    func commands() async throws {
        let peer = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0"])
        let host = try await peer.line(beginning: "127.0.0.1:")
        let typed = #"send raw \#(host) "STRING\nhello\n" within 1m eof"#
        for outcome in [
            try await Tool.run(
                Tool.gobtalk,
                ["send", "raw", host, #"STRING\nhello\n"#, "within", "1m", "eof"]
            ),
            try await Tool.run(Tool.gobtalk, ["--no-listen"], input: typed + "\n"),
        ] {
            #expect(outcome.errors == "")
            #expect(outcome.status == 0)
            #expect(
                outcome.output == """
                    Thank you.
                    "\(host)" closed the connection
                    sent 13 bytes, received 11 bytes

                    """
            )
        }
        let rows = await peer.end().output.split(separator: "\n").dropFirst()
        #expect(rows.map { String($0) } == Array(repeating: Self.hello, count: 2))
    }

    private static let hello = #"{"command":"STRING","text":"hello"}"#

    @Test("a GOB that is sent byte by byte arrives, and what a Go program cannot read is told")
    func pieces() async throws {
        let peer = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0"])
        let host = try await peer.line(beginning: "127.0.0.1:")
        try await withFolder(files: ["n.json": #"{"N": 7}"#]) { folder in
            let gob = folder.appending(component: "n.gob").path
            let json = folder.appending(component: "n.json").path
            try await Tool.run(Tool.gobtalk, ["encode", json, gob])
            let words = ["send", "bytes", host, #"GOB\n"#, "@\(gob)"]
            let ways = ["split", "1", "every", "1ms", "within", "1m", "eof"]
            let sent = try await Tool.run(Tool.gobtalk, words + ways)
            #expect(sent.status == 0)
            #expect(sent.output.contains("sent 98 bytes in 98 pieces, received nothing"))
        }
        _ = try await peer.line(beginning: #"{"command":"GOB","value":{"N":7,"#)
        let broken = [
            "send", "bytes", host, #"GOB\n"#, "pause", "1ms", "hex:03ff", "within", "1m", "eof",
        ]
        #expect(try await Tool.run(Tool.gobtalk, broken).status == 0)
        let error = try await peer.line(beginning: #"{"command":"GOB","error":"#)
        #expect(error.contains("EOF"))
    }

    @Test("events, the trace and the record have raw bytes, too")
    func told() async throws {
        let peer = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0"])
        let host = try await peer.line(beginning: "127.0.0.1:")
        try await withFolder { folder in
            let record = folder.appending(component: "record.jsonl")
            let options = ["--json", "--trace", "--record", record.path]
            let words = ["send", "bytes", host, "STRI", #"NG\nhi\n"#, "within", "1m", "eof"]
            let outcome = try await Tool.run(Tool.gobtalk, options + words)
            let told = try EventLines.parse(outcome.output)
            #expect(
                told.names.sorted() == ["closed", "connected", "result", "result", "result"]
            )
            #expect(told.events("result").first?["text"]?.string == "Thank you.")
            let rows = outcome.errors.split(separator: "\n").map { $0.split(separator: "  ").last }
            #expect(
                rows.map { $0?.drop { $0 == " " } } == [
                    "name of a command, the beginning", "command STRING", #"text "hi""#,
                    #"reply "Thank you.""#, "u..",
                ]
            )
            let lines = try String(contentsOf: record, encoding: .utf8).split(separator: "\n")
            let schema = try JSONSchema("recording.schema")
            for line in lines { try schema.validate(String(line)) }
            let sent = lines.filter { $0.contains(#""sent""#) }
            #expect(sent.count == 2)
            #expect(sent.first?.contains(#""text":"STRI""#) == true)
        }
    }
}
