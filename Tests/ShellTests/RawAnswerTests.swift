import Foundation
import Gob
import Net
import Shell
import Testing

/// What comes back to `send raw` and `send bytes`.
@Suite(.timeLimit(.minutes(5))) struct RawAnswerTests {
    /// A gob of the text "hi", and of the number 3.
    private static let hi: [UInt8] = [0x05, 0x0C, 0x00, 0x02, 0x68, 0x69]
    private static let three: [UInt8] = [0x03, 0x04, 0x00, 0x06]

    @Test(
        "it is shown as lines, as values, or as bytes",
        arguments: [
            (Array("Thank you.\n".utf8), ["Thank you."]),
            (Array("one\r\n\ntwo\n".utf8), ["one", "", "two"]),
            (Array("no end".utf8), ["no end (no line end)"]),
            (three, ["#1 PEER reply: int, 4 bytes\n  | 3"]),
            (
                hi + three,
                [
                    "#1 PEER reply: string, 6 bytes\n  | \"hi\"",
                    "#2 PEER reply: int, 4 bytes\n  | 3",
                ]
            ),
            (
                Array("a\n".utf8) + three + Array("b\n".utf8),
                ["a", "#1 PEER reply: int, 4 bytes\n  | 3", "b"]
            ),
            ([0x03, 0x04, 0x00], ["     0  03 04 00                 ..."]),
            ([0xFF, 0xFE], ["     0  ff fe                    .."]),
            (
                Array("\u{1B}[2Jclear\n".utf8),
                [
                    """
                         0  1b 5b 32 4a 63 6c 65 61  .[2Jclea
                         8  72 0a                    r.
                    """
                ]
            ),
            (Array("safe\u{202E}\u{9B}2J\n".utf8), [#"safe\u202e\u009b2J"#]),
            (Array("Gr\u{FC}\u{DF}e\n".utf8), ["Gr\u{FC}\u{DF}e"]),
        ] as [([UInt8], [String])]
    )
    func kinds(_ answer: [UInt8], _ rows: [String]) async throws {
        try await withServer { conn in
            while try await conn.read(upTo: 100) != nil {}
            // However it is cut on its way.
            for byte in answer {
                try await conn.write([byte])
                try await conn.flush()
            }
        } body: { host in
            try await Peer.with { peer in
                try await peer.run("set timestamps off")
                try await peer.run("send raw \(host) \"x\" within 1m eof")
                let rows = rows.map { $0.replacing("PEER", with: host) }
                let end = [
                    "\"\(host)\" closed the connection",
                    "sent 1 byte, received \(answer.count) bytes",
                ]
                #expect(peer.transcript.rows == rows + end)
            }
        }
    }

    @Test("a struct is a message with a number, with the types that came before it")
    func structs() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("demo \(peer.host)")
            guard case .gob(let stream) = peer.session.log[2]?.content else {
                throw CancellationError()
            }
            // The value alone, whose types are those of the stream, then one of no defined type.
            let value = Array(stream.suffix(98))
            try await withServer { conn in
                try await conn.write(stream + value + Self.three)
            } body: { host in
                let rows = try await peer.output(of: "send raw \(host) \"x\" within 1m eof")
                    .components(separatedBy: "\n")
                let heads = [3, 4].map { "#\($0) \(host) reply: complexData, 186 bytes" }
                #expect(rows.filter { row in heads.contains { row.hasSuffix($0) } }.count == 2)
                #expect(rows.filter { $0 == #"  |     S: "string data","# }.count == 2)
            }
            let kept = peer.session.log.latest(3)
            let streams: [[UInt8]] = kept.map {
                if case .gob(let bytes) = $0.content { bytes } else { [] }
            }
            #expect(streams == [stream, stream, Self.three])
            #expect(kept.map(\.command) == ["reply", "reply", "reply"])
        }
    }

    @Test("what came back is there for the commands that take messages, and for `expect`")
    func commands() async throws {
        try await Peer.with { peer in
            try await peer.run("on ECHO gob echo")
            try await peer.run("set quiet on")
            try await peer.run("type T struct { ID int }")
            try await withFolder { folder in
                try folder.write("t.json", #"{"ID": 7}"#)
                try await peer.run("encode \(folder)/t.json \(folder)/t.gob as T")
                let line = #"send raw \#(peer.host) "ECHO\n" @\#(folder)/t.gob within 1m eof"#
                #expect(try await peer.output(of: line).contains("#2 \(peer.host) reply: T, "))
                try await peer.run("expect .ID == 7 within 10ms")
                try await peer.run("save last \(folder)/saved.gob")
                #expect(try folder.read("saved.gob") == folder.read("t.gob"))
            }
            #expect(try await peer.output(of: "show last").contains("ID: 7"))
            #expect(try await peer.output(of: "schema last").contains("ID int64"))
            #expect(try await peer.output(of: "inspect last").contains("int 7"))
            _ = await peer.failure(of: "diff 1 2")
            #expect(peer.transcript.rows.last == "command: ECHO -> reply")
        }
    }

    @Test("it is shown between the pieces, and the end of the connection ends a pause")
    func between() async throws {
        try await withServer { conn in
            _ = try await conn.read(upTo: 100)
            try await conn.write("one\n")
        } body: { host in
            try await Peer.with { peer in
                let line = #"send bytes \#(host) "A" pause 1h "B""#
                let failure = await peer.failure(of: line)
                let reason = "\"\(host)\" did not take more than 1 of 2 pieces"
                #expect(failure == Failure(.failed, reason))
                #expect(
                    peer.transcript.rows == ["one", "\"\(host)\" closed the connection"]
                )
            }
        }
    }

    @Test("a peer that is silent is waited for as long as it is told")
    func quiet() async throws {
        try await withServer { conn in
            while try await conn.read(upTo: 100) != nil {}
        } body: { host in
            try await Peer.with { peer in
                try await peer.run("send raw \(host) \"x\" within 20ms")
                try await peer.run("send raw \(host) \"x\" within 0")
                #expect(
                    peer.transcript.rows == [
                        "sent 1 byte, received nothing within 20 ms",
                        "sent 1 byte, received nothing within 0 ms",
                    ]
                )
            }
        }
    }

    @Test("a peer that does not take what is sent is told of")
    func blocked() async throws {
        try await withServer { conn in
            // Nothing is read until the other side is gone.
            try await conn.waitForEnd()
        } body: { host in
            try await Peer.with(timeout: .milliseconds(50)) { peer in
                try await withFolder { folder in
                    try folder.write("large", Array(repeating: 0x41, count: 32 << 20))
                    let failure = await peer.failure(of: "send raw \(host) @\(folder)/large")
                    let reason = "\"\(host)\" did not take all of it within 50 ms"
                    #expect(failure == Failure(.failed, reason))
                }
            }
        }
    }

    @Test("a peer that resets the connection fails the command, with the reason")
    func reset() async throws {
        let server = try ResettingServer()
        try await Peer.with { peer in
            let failure = await peer.failure(of: "send raw \(server.host) \"x\" within 1m")
            let reason = "the connection is lost: connection reset by peer"
            #expect(failure == Failure(.failed, "\"\(server.host)\" is gone: \(reason)"))
            let second = await peer.failure(
                of: #"send bytes \#(server.host) "x" pause 1h "y""#
            )
            let place = "before it had taken more than 1 of 2 pieces"
            #expect(
                second == Failure(.failed, "\"\(server.host)\" is gone \(place): \(reason)")
            )
        }
    }

    @Test("more than the buffers hold goes out and comes back at the same time")
    func echo() async throws {
        try await withServer { conn in
            while let bytes = try await conn.read(upTo: 65_536) { try await conn.write(bytes) }
        } body: { host in
            try await Peer.with { peer in
                try await withFolder { folder in
                    let row = String(repeating: "x", count: 1_023) + "\n"
                    try folder.write("large", String(repeating: row, count: 4 << 10))
                    try await peer.run("send raw \(host) @\(folder)/large within 1m eof")
                    let size = 4 << 20
                    let last = "sent \(size) bytes, received \(size) bytes"
                    #expect(peer.transcript.rows.last == last)
                    #expect(peer.transcript.rows.count == (4 << 10) + 2)
                }
            }
        }
    }

    @Test("Ctrl-C ends it at once, in a pause and while it listens")
    func cancelled() async throws {
        try await withServer { conn in
            while let bytes = try await conn.read(upTo: 100) {
                try await conn.write(bytes + [UInt8(ascii: "\n")])
                try await conn.flush()
            }
        } body: { host in
            try await Peer.with { peer in
                for (line, rowCount) in [
                    (#"send bytes \#(host) "A" pause 1h "B""#, 1),
                    (#"send raw \#(host) "A" within 1h"#, 2),
                ] {
                    let task = Task { await peer.failure(of: line) }
                    _ = try await peer.transcript.wait(for: rowCount)
                    task.cancel()
                    #expect(await task.value == Failure(.failed, "interrupted"))
                }
            }
        }
    }

    @Test("what came back as lines can be waited for, as replies are")
    func expected() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run(#"send raw \#(peer.host) "STRING\nhello\n" within 1m eof"#)
            try await peer.run("expect ^Thank within 10ms")
        }
    }
}
