import Foundation
import Gob
import Shell
import Testing

/// Bytes explained at the prompt.
@Suite(.timeLimit(.minutes(5))) struct InspectTests {
    /// The number 3, as Go sends it.
    private static let three = """
             0  03                       .         message of 3 bytes
             1  04                       .           value of type 2, int
             2  00                       .           0, as before every value that is no struct
             3  06                       .             int 3
        = 3
        """

    private static let wanted =
        "inspect takes a file, the number of a message, or bytes, as in: inspect last"

    @Test(
        "bytes are typed as hexadecimal digits, as a literal of Go, or come from a file",
        arguments: ["bytes hex:03040006", #"bytes "\x03\x04\x00\x06""#, "FILE", "bytes @FILE"]
    )
    func sources(_ source: String) async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("three", [0x03, 0x04, 0x00, 0x06])
                let source = source.replacingOccurrences(of: "FILE", with: "\(folder)/three")
                #expect(try await peer.output(of: "inspect \(source)") == Self.three)
            }
        }
    }

    @Test("a message is explained by its number, with the JSON of decode behind it")
    func message() async throws {
        try await Peer.with { peer in
            try await peer.run("demo \(peer.host)")
            let rows = try await peer.output(of: "inspect last").split(separator: "\n")
            #expect(rows.first == "     0  38                       8         message of 56 bytes")
            #expect(rows.contains { $0.hasSuffix("             +1 C") })
            try await withFolder { folder in
                try await peer.run("save last \(folder)/gob")
                let decoded = try await peer.output(of: "decode \(folder)/gob")
                #expect(rows.last.map(String.init) == "= \(decoded)")
                let whole = try await peer.output(of: "inspect \(folder)/gob")
                #expect(whole.split(separator: "\n") == rows)
                // The bytes of all rows are those of the file.
                #expect(try bytes(in: rows.dropLast()) == folder.read("gob"))
            }
            #expect(
                try await peer.output(of: "inspect 1").hasPrefix(
                    "     0  41 64 64 69 74 69 6f 6e  Addition  data of STRING\n"
                )
            )
        }
    }

    @Test("the README shows the article's 186 bytes as they are explained")
    func readme() async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../README.md")
        let parts = try String(contentsOf: path, encoding: .utf8)
            .components(separatedBy: "$ gobtalk inspect article.gob\n")
        let listing = try #require(parts.last?.components(separatedBy: "\n```")[0])
        let bytes = bytes(in: listing.split(separator: "\n").dropLast())
        #expect(bytes.count == 186)
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("article.gob", bytes)
                #expect(try await peer.output(of: "inspect \(folder)/article.gob") == listing)
            }
        }
    }

    @Test("a stream of more than a million bytes has wider offsets, and no byte is left out")
    func long() async throws {
        let content = GobValue.bytes((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) })
        let type = TypeIndex(.bytes)
        var encoder = GobStreamEncoder()
        let datum = GobDatum(schema: GobSchema(), type: type, value: content)
        let stream = try encoder.encode(datum)
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("long", stream)
                let text = try await peer.output(of: "inspect \(folder)/long")
                let rows = text.split(separator: "\n").dropLast()
                let head = "      0  fd 0f 42 46              ..BF      message of 1000006 bytes"
                #expect(rows.first.map(String.init) == head)
                #expect(rows.last?.hasPrefix("1000006  ") == true)
                #expect(bytes(in: rows, behind: 9) == stream)
            }
        }
    }

    @Test("a stream that breaks is explained to the break, then the error is printed")
    func broken() async throws {
        try await Peer.with { peer in
            let reason = "more bytes are needed than the gob message has at byte 4"
            #expect(
                await peer.failure(of: "inspect bytes hex:040c00057800030400")
                    == Failure(.failed, "the bytes: \(reason)")
            )
            let rows = peer.transcript.rows.last?.split(separator: "\n").map(String.init) ?? []
            #expect(
                rows.suffix(2) == [
                    "     3  05 78                    .x            "
                        + "broken; expected a value of string: \(reason)",
                    "     5  00 03 04 00              ....      4 bytes that follow",
                ]
            )
        }
    }

    @Test("what is in the bytes drives no terminal, and only colours of ours are there")
    func harmless() async throws {
        try await Peer.with(colored: true) { peer in
            let text = #""\x07\x0c\x00\x04\x1b[1m""#
            let rows = try await peer.output(of: "inspect bytes \(text)")
            #expect(rows.contains("string \u{1B}[32m\"\\x1b[1m\"\u{1B}[0m"))
            #expect(rows.contains("\u{1B}[1mmessage of 7 bytes\u{1B}[0m"))
            #expect(!rows.contains("\u{1B}[1m\""))
        }
    }

    @Test(
        "with two sources, and with bad digits, it says what is wanted",
        arguments: [
            ("inspect 1 bytes hex:00", Self.wanted),
            (
                "inspect bytes hex:0",
                "\"hex:0\": two digits from 0 to f make a byte, as in hex:00ff"
            ),
        ]
    )
    func usage(_ command: String, _ reason: String) async throws {
        try await Peer.with { peer in
            let failure = await peer.failure(of: command)
            #expect(failure?.status == .usage)
            #expect(failure?.description == reason)
        }
    }

    @Test("where neither a number nor a file is given the latest message is meant")
    func latest() async throws {
        try await Peer.with(quiet: true) { peer in
            let commands = ["show", "inspect", "schema"]
            for command in commands {
                let failure = await peer.failure(of: command)
                #expect(failure?.description == "there is no message last: none was received")
            }
            try await peer.run("demo \(peer.host)")
            for command in commands {
                let output = try await peer.output(of: command)
                #expect(try await peer.output(of: command + " last") == output)
                #expect(try await peer.output(of: command + " 2") == output)
            }
        }
    }
}
