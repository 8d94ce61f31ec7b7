import Net
import Shell
import Synchronization
import Testing

/// The forms of bytes that are named last.
private let lastForms = "@FILE or gob:TYPE@FILE.json"

/// `send raw` and `send bytes`: what arrives, and what is wrong before anything does.
@Suite(.timeLimit(.minutes(5))) struct RawTests {
    @Test(
        "exactly the bytes arrive that were given, in whatever form",
        arguments: [
            (#""STRING\nhello\n""#, Array("STRING\nhello\n".utf8)),
            (#""\xff\x00\101\u00e9""#, [0xFF, 0x00, 0x41, 0xC3, 0xA9]),
            (#"'a\n' "b" 'c'"#, Array(#"a\nbc"#.utf8)),
            ("hex:4865", [0x48, 0x65]),
            (#"hex:48 65 6C6c "o" hex:0a"#, Array("Hello\n".utf8)),
            (#""hex:00" "@no" "within" "#, Array("hex:00@nowithin".utf8)),
            ("@FILE", [0x03, 0x04, 0x00, 0x06]),
            (#""A" @FILE hex:ff "B""#, [0x41, 0x03, 0x04, 0x00, 0x06, 0xFF, 0x42]),
            (#""""#, []),
        ] as [(String, [UInt8])]
    )
    func forms(_ typed: String, _ bytes: [UInt8]) async throws {
        try await withFolder { folder in
            try folder.write("it", [0x03, 0x04, 0x00, 0x06])
            let typed = typed.replacing("FILE", with: "\(folder)/it")
            try await withListener { host, heard in
                try await Peer.with { peer in
                    try await peer.run("send raw \(host) \(typed) within 1m eof")
                    let size = bytes.count == 1 ? "1 byte" : "\(bytes.count) bytes"
                    #expect(
                        peer.transcript.rows == [
                            "\"\(host)\" closed the connection", "sent \(size), received nothing",
                        ]
                    )
                }
                #expect(heard.bytes == bytes)
            }
        }
    }

    @Test("arguments of the program are what stands in a literal, and keep the marks of bytes")
    func arguments() async throws {
        try await withListener { host, heard in
            try await Peer.with { peer in
                let words = [
                    "send", "raw", host, #"A\n\x00"#, "'\"", "hex:48 65", "6c", "within", "1m",
                    "eof",
                ]
                try await peer.session.run(Words(words: words))
                #expect(heard.bytes == Array("A\n\0'\"Hel".utf8))
                let bad = ["send", "raw", host, "B", #"STR\q"#]
                let failure = await #expect(throws: Failure.self) {
                    try await peer.session.run(Words(words: bad))
                }
                let reason = #""STR\q": the escape at column 4 is none of Go's"#
                #expect(failure == Failure(.usage, reason))
            }
            #expect(heard.count == 1)
        }
    }

    @Test(
        "what is no bytes is refused with its column, and nothing is sent",
        arguments: [
            (#"send raw . "A" "B\q""#, 18, "the escape at column 18 is none of Go's"),
            (#"send raw . "A" "B"#, 16, "the quote at column 16 is not ended"),
            (
                "send raw . STRING", 12,
                #""STRING" is no bytes: it takes "…" with Go's escapes, '…', hex:00ff, "#
                    + lastForms
            ),
            (
                "send raw . \"A\" \u{1B}[2J", 16,
                #""\x1b[2J" is no bytes: it takes "…" with Go's escapes, '…', hex:00ff, "#
                    + lastForms
            ),
            (
                "send raw . hex:48 6", 19,
                #""6" is no bytes: it takes "…" with Go's escapes, '…', hex:00ff, "# + lastForms
            ),
            (
                "send raw . hex:4g", 12,
                #""hex:4g": two digits from 0 to f make a byte, as in hex:00ff"#
            ),
            (
                "send raw . gob:Order", 12,
                #""gob:Order": a value is a type and a file, as in gob:Order@order.json"#
            ),
            (
                #"send raw . "A" gob:@order.json"#, 16,
                #""gob:@order.json": a value is a type and a file, as in gob:Order@order.json"#
            ),
            ("send raw . \"A\" within soon", 23, #""soon" is no duration, as 300ms, 1.5s or 2m"#),
            (#"send bytes . "A" pause x "B""#, 24, #""x" is no duration, as 300ms, 1.5s or 2m"#),
            (#"send bytes . "A" pause"#, 18, "D is missing after pause, as in: pause 500ms"),
            (#"send bytes . "A" pause 1s"#, 24, "a piece is missing after the pause"),
            (#"send bytes . pause 1s "A""#, 14, "a pause stands between pieces"),
            (#"send bytes . "A" split 0"#, 24, #""0" is no number of bytes, from 1 on"#),
            (#"send bytes . "A" every x"#, 24, #""x" is no duration, as 300ms, 1.5s or 2m"#),
            (#"send raw . eof "A""#, nil, nil),
        ] as [(String, Int?, String?)]
    )
    func wrong(_ line: String, _ column: Int?, _ reason: String?) async throws {
        try await withListener { host, heard in
            try await Peer.with { peer in
                try await peer.run("connect \(host)")
                let failure = await peer.failure(of: line)
                #expect(failure?.status == .usage)
                #expect(failure?.column == column)
                #expect(failure?.description.hasPrefix(reason ?? "BYTES is missing: ") == true)
                try await peer.run("send raw . \"end\" within 1m eof")
            }
            #expect(heard.all == [Array("end".utf8)])
        }
    }

    @Test(
        "a value of a JSON file goes out as its gob stream, wherever it stands",
        arguments: [
            (#"raw HOST "ORDER\n" gob:Point@FILE "ORDER\n" gob:Point@FILE"#, 2),
            (#"bytes HOST "ORDER\n" pause 1ms gob:"Point"@FILE split 3"#, 1),
        ]
    )
    func value(_ send: String, _ count: Int) async throws {
        try await withFolder { folder in
            try folder.write("it.json", #"{"X": 1, "Y": -2}"#)
            try await withListener { host, heard in
                try await Peer.with { peer in
                    try await peer.run("type Point struct { X, Y int }")
                    let send = send.replacing("HOST", with: host)
                        .replacing("FILE", with: "\(folder)/it.json")
                    try await peer.run("send \(send) within 1m eof")
                    try await peer.run("encode \(folder)/it.json \(folder)/it.gob as Point")
                }
                let once = try Array("ORDER\n".utf8) + folder.read("it.gob")
                #expect(once.count > 30)
                #expect(heard.bytes == Array(repeatElement(once, count: count).joined()))
            }
        }
    }

    @Test(
        "a value that cannot be had is refused with its column, and nothing is sent",
        arguments: [
            (
                "gob:Piont@FILE",
                #"gob:Piont: the type "Piont" is not declared; did you mean "Point"?"#
            ),
            ("gob:[]Point@FILE", "FILE: "), ("gob:Point@FILE.no", #"cannot read "FILE.no": "#),
            ("gob:Point@@FILE", #"cannot read "@FILE": "#),
            ("gob:chan int@FILE", #""gob:chan": a value is a type and a file"#),
        ]
    )
    func noValue(_ word: String, _ reason: String) async throws {
        try await withFolder { folder in
            try folder.write("it.json", #"{"X": 1, "Y": -2}"#)
            let path = "\(folder)/it.json"
            try await withListener { host, heard in
                try await Peer.with { peer in
                    try await peer.run("type Point struct { X, Y int }")
                    let line = #"send raw \#(host) "A" \#(word.replacing("FILE", with: path))"#
                    let failure = await peer.failure(of: line)
                    #expect(failure?.column == "send raw \(host) 'A' ".utf8.count + 1)
                    let start = reason.replacing("FILE", with: path)
                    #expect(failure?.description.hasPrefix(start) == true)
                }
                #expect(heard.all.isEmpty)
            }
        }
    }

    @Test("each piece is a write of its own, and a record has all of them")
    func pieces() async throws {
        try await withFolder { folder in
            try await withListener { host, heard in
                try await Peer.with { peer in
                    try await peer.run("record \(folder)/record")
                    try await peer.run(
                        #"send bytes \#(host) "STR" pause 1ms "ING\nhel" hex:6c 6f "\n" within 1m eof"#
                    )
                    try await peer.run(
                        #"send bytes \#(host) "lo" hex:0a split 1 every 1ms within 1m eof"#
                    )
                    try await peer.run("record off")
                    #expect(
                        peer.transcript.rows.contains("sent 13 bytes in 4 pieces, received nothing")
                    )
                    #expect(
                        peer.transcript.rows.contains("sent 3 bytes in 3 pieces, received nothing")
                    )
                }
                #expect(
                    heard.all.sorted { $0.count > $1.count }.map {
                        String(decoding: $0, as: UTF8.self)
                    }
                        == ["STRING\nhello\n", "lo\n"]
                )
            }
            let rows = try RecordedRow.all(folder.read("record")).filter { $0.direction == "sent" }
            let sent = rows.map { String(decoding: $0.bytes, as: UTF8.self) }
            #expect(sent == ["STR", "ING\nhel", "lo", "\n", "l", "o", "\n"])
        }
    }

    @Test("what was joined goes on after raw bytes, and is made again after its stream's end")
    func joined() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("connect \(peer.host)")
            try await peer.run(#"send raw . "STRING\none\n" within 50ms"#)
            try await peer.run("send string . two")
            try await peer.run(#"send raw . "STRING\nthree\n" within 1m eof"#)
            try await peer.run("send string . four")
            #expect(peer.session.log.total == 4)
            let connections = (1...4).map { peer.session.log[$0]?.peer }
            #expect(connections[0] == connections[2])
            #expect(connections[3] != connections[0])
        }
    }
}

/// What a listener heard on its connections.
final class Heard: Sendable {
    private let streams = Mutex<[[UInt8]]>([])

    /// All streams, in the order in which they ended.
    var all: [[UInt8]] { streams.withLock { $0 } }
    /// The last one.
    var bytes: [UInt8] { all.last ?? [] }
    var count: Int { all.count }

    func add(_ stream: [UInt8]) {
        streams.withLock { $0.append(stream) }
    }
}

/// Runs something beside a listener that reads each connection to its end, and says nothing.
private func withListener(
    _ body: @escaping @Sendable (_ host: String, Heard) async throws -> Void
) async throws {
    let heard = Heard()
    try await withServer { conn in
        var stream: [UInt8] = []
        while let bytes = try await conn.read(upTo: 1_000) { stream += bytes }
        heard.add(stream)
    } body: { host in
        try await body(host, heard)
    }
}
