import Gob
import Shell
import Testing

/// Colour, where it is, and that it is nowhere else.
@Suite(.timeLimit(.minutes(5))) struct ColorTests {
    @Test("a message has its time, sender and command in colours, and none in its text")
    func message() async throws {
        try await Peer.with(colored: true) { peer in
            try await send(Array("\u{1B}[31mred".utf8), to: peer)
            let row = try #require(peer.transcript.rows.last)
            let readable = readable(row)
            let head = #/\{2}\d\d:\d\d:\d\d\{0} #1 \{36}127\.0\.0\.1:\d+\{0} \{1}STRING\{0}: /#
            let match = try #require(readable.prefixMatch(of: head), "\(readable)")
            #expect(readable[match.range.upperBound...] == #"\x1b[31mred"#)
        }
    }

    @Test(
        "strings and names of a literal are coloured, whatever is in them",
        arguments: [
            ("go", #"{36}N{0}: 1,"#),
            ("go", #"{36}S{0}: {32}"a \"b\": c"{0},"#),
            ("go", #"{36}M{0}: map[string]int{{36}"k"{0}: 2},"#),
            ("json", #"{36}"N"{0}: 1,"#), ("json", #"{36}"S"{0}: {32}"a \"b\": c"{0},"#),
            ("json", #"{36}"M"{0}: {{36}"k"{0}: 2},"#),
        ]
    )
    func literals(_ format: String, _ part: String) async throws {
        let document = #"{"N": 1, "S": "a \"b\": c", "M": {"k": 2}}"#
        try await Peer.with(colored: true) { peer in
            try await peer.run("set format \(format)")
            try await withFile(document) { try await peer.run("send struct \(peer.host) \($0)") }
            let shown = try await peer.transcript.wait(for: 2)[0]
            let readable = readable(shown)
            #expect(readable.contains("\n{2}  | {0}    " + part + "\n"), "\(readable)")
        }
    }

    @Test("a folded row goes on in its colour behind the gutter, and is no wider than the screen")
    func folded() async throws {
        try await Peer.with(columns: 40, colored: true) { peer in
            try await withFile(#"{"S": "\#(String(repeating: "x", count: 110))"}"#) {
                try await peer.run("send struct \(peer.host) \($0)")
            }
            let shown = try await peer.transcript.wait(for: 2)[0]
            let rows = shown.split(separator: "\n")
            let long = rows.filter { $0.contains("xxx") }
            #expect(long.count == 4)
            #expect(
                long.dropFirst().allSatisfy { $0.hasPrefix("\u{1B}[2m  | \u{1B}[0m\u{1B}[32mx") }
            )
            #expect(long.dropLast().allSatisfy { $0.hasSuffix("x\u{1B}[0m") })
            #expect(rows.allSatisfy { $0.replacing(#/\x1B\[\d+m/#, with: "").count <= 40 })
        }
    }

    @Test("an error is red, a notice is not")
    func errors() async throws {
        try await Peer.with(colored: true) { peer in
            try await send([], as: "NONE", to: peer)
            let row = try #require(peer.transcript.rows.last)
            #expect(row.hasPrefix("! \u{1B}[31m127.0.0.1:"))
            #expect(row.hasSuffix("the connection is closed\u{1B}[0m"))
        }
    }

    @Test("a list is cut at the screen's width, and colours end before it")
    func list() async throws {
        try await Peer.with(quiet: true, columns: 50, colored: true) { peer in
            try await send([UInt8](repeating: UInt8(ascii: "x"), count: 100), to: peer)
            let row = try await peer.output(of: "messages")
            let plain = row.replacing(#/\x1B\[\d+m/#, with: "")
            #expect(plain.count == 50)
            #expect(plain.hasSuffix("xx…"))
            #expect(row.contains("STRING\u{1B}[0m: xx"))
        }
    }

    @Test(
        "the environment and the setting decide where there is colour",
        arguments: [
            (Settings.Color.auto, ["TERM": "xterm"], true, true),
            (.auto, ["TERM": "xterm"], false, false), (.auto, ["TERM": "dumb"], true, false),
            (.auto, [:], true, false), (.auto, ["TERM": "xterm", "NO_COLOR": "1"], true, false),
            (.auto, ["TERM": "xterm", "NO_COLOR": ""], true, true),
            (.always, ["TERM": "dumb", "NO_COLOR": "1"], false, true),
            (.never, ["TERM": "xterm"], true, false),
        ]
    )
    func decision(
        _ setting: Settings.Color,
        _ variables: [String: String],
        _ isTerminal: Bool,
        _ isColored: Bool,
    ) {
        let environment = Environment { variables[$0] }
        #expect(environment.isColored(setting, isTerminal: isTerminal) == isColored)
    }

    /// The text with `{36}` for the escape sequence of that number.
    private func readable(_ text: String) -> String {
        text.replacing(#/\x1B\[(\d+)m/#) { "{\($0.output.1)}" }
    }
}
