import Net
import Testing

@testable import Shell

/// Recordings: what is written, and what is made of it.
@Suite(.timeLimit(.minutes(5))) struct RecordingTests {
    /// A stream with every form of command, and where its commands end.
    private static let commands: [[UInt8]] = [
        Array("STRING\nhello\n".utf8),
        Array("GOB\n".utf8) + [
            0x1F, 0xFF, 0x81, 3, 1, 1, 5, 0x50, 0x6F, 0x69, 0x6E, 0x74, 1, 0xFF, 0x82, 0, 1, 2, 1,
            1,
            0x58, 1, 4, 0, 1, 1, 0x59, 1, 4, 0, 0, 0, 7, 0xFF, 0x82, 1, 0x2C, 1, 0x42, 0,
        ],
        Array("FIVE\nab\ncd".utf8), Array("  PING \r\n".utf8), Array("STRING\n\u{FF}é\n".utf8),
        Array("GOB\n".utf8) + [3, 4, 0, 6],
    ]

    @Test(
        "a stream is cut into its commands wherever its bytes are cut",
        arguments: [1, 2, 7, 1_000]
    )
    func cutting(_ step: Int) async throws {
        try await withFolder { folder in
            try await Peer.with(quiet: true, timeout: .seconds(60)) { peer in
                try await peer.run("on FIVE bytes 5")
                try await peer.run("on PING none reply pong")
                try await peer.run("record \(folder)/r.jsonl")
                let stream = Self.commands.flatMap { $0 }
                let answer = try await say(stream.pieces(of: step), to: peer)
                #expect(answer == Array("Thank you.\npong\nThank you.\n".utf8))
                #expect(try await peer.output(of: "record off").hasPrefix("recorded "))
            }
            let rows = try RecordedRow.all(folder.read("r.jsonl"))
            #expect(rows.first?.event == "connected")
            #expect(rows.first?.direction == "in")
            #expect(rows.last?.event == "closed")
            let received = rows.filter { $0.direction == "received" }
            #expect(received.flatMap(\.bytes) == Self.commands.flatMap { $0 })
            for (index, command) in Self.commands.enumerated() {
                let own = received.filter { $0.number == index + 1 }
                #expect(own.flatMap(\.bytes) == command)
                let names = ["STRING", "GOB", "FIVE", "PING", "STRING", "GOB"]
                #expect(own.last?.command == names[index])
            }
            let sent = rows.filter { $0.direction == "sent" }
            #expect(sent.flatMap(\.bytes) == Array("Thank you.\npong\nThank you.\n".utf8))
            #expect(sent.first?.number == 1)
            #expect(sent.last?.number == 5)
        }
    }

    @Test("what was said again is answered alike, to another peer and fast, too")
    func replay() async throws {
        try await withFolder { folder in
            try await Peer.with(quiet: true, timeout: .seconds(60)) { peer in
                try await peer.run("record \(folder)/r.jsonl")
                try await peer.run("send string \(peer.host) one")
                try await peer.run("connect \(peer.host)")
                try await peer.run("send string . two")
                try await peer.run("demo .")
                try await peer.run("disconnect")
                try await peer.run("record off")
                #expect(peer.session.log.total == 4)
                // Each connection is there twice: this peer is at both ends of it.
                let summary = "replayed 8 commands on 4 connections: the answers are the same"
                #expect(try await peer.output(of: "replay \(folder)/r.jsonl fast") == summary)
                #expect(peer.session.log.total == 12)
                try await Peer.with(quiet: true, timeout: .seconds(60)) { other in
                    let output = try await peer.output(
                        of: "replay \(folder)/r.jsonl to \(other.host)"
                    )
                    #expect(output == summary)
                    #expect(other.session.log.total == 8)
                    try await other.run("set reply \"No.\"")
                    let line = "replay \(folder)/r.jsonl fast to \(other.host)"
                    let before = peer.transcript.rows.count
                    let failure = await peer.failure(of: line)
                    #expect(
                        failure?.description
                            == "replayed 8 commands on 4 connections: the answers differ"
                    )
                    let rows = peer.transcript.rows.dropFirst(before)
                    #expect(rows.count == 6)
                    #expect(
                        rows.first
                            == #"connection 1, answer 1: recorded "Thank you.\n", came "No.\n""#
                    )
                    try await other.run("off STRING")
                    _ = await peer.failure(of: line)
                    #expect(peer.transcript.rows.last?.hasSuffix("came nothing") == true)
                }
            }
        }
    }

    @Test(
        "a replay keeps the times of the recording, and fast does not",
        arguments: [("00:00:00.300000", ""), ("09:00:00.000000", " fast")]
    )
    func times(_ end: String, _ word: String) async throws {
        try await withFolder { folder in
            try await Peer.with(quiet: true, timeout: .seconds(60)) { peer in
                let (start, own) = ("2026-02-28T23:59:59.900000Z", #""connection":7"#)
                let recording = """
                    {"event":"connected","time":"\(start)",\(own),"direction":"out",\
                    "peer":"\(peer.host)","local":"127.0.0.1:1"}
                    {"event":"bytes","time":"\(start)",\(own),"direction":"sent","n":1,\
                    "text":"STRING\\nx\\n"}
                    {"event":"bytes","time":"\(start)",\(own),"direction":"received","n":1,\
                    "text":"Thank you.\\n"}
                    {"event":"closed","time":"2026-03-01T\(end)Z",\(own)}

                    """
                try folder.write("r.jsonl", recording)
                let begin = ContinuousClock.now
                let output = try await peer.output(of: "replay \(folder)/r.jsonl\(word)")
                #expect(output == "replayed 1 command on 1 connection: the answers are the same")
                // Nine hours are no time at all.
                #expect(!word.isEmpty || ContinuousClock.now - begin >= .milliseconds(400))
            }
        }
    }

    @Test("a recording cut anywhere is replayed up to the cut")
    func cut() async throws {
        try await withFolder { folder in
            try await Peer.with(quiet: true, timeout: .seconds(60)) { peer in
                try await peer.run("record \(folder)/r.jsonl")
                try await peer.run("demo \(peer.host)")
                try await peer.run("record off")
                let whole = try folder.read("r.jsonl")
                for length in stride(from: 0, through: whole.count, by: 29) {
                    try folder.write("cut.jsonl", whole[..<length])
                    let output = try await peer.output(of: "replay \(folder)/cut.jsonl fast")
                    let ends = whole[..<length].count { $0 == UInt8(ascii: "\n") }
                    let isCut = length > 0 && whole[length - 1] != UInt8(ascii: "\n")
                    let notice =
                        "cut.jsonl:\(ends + 1): the recording is cut here; what comes before"
                    #expect(output.contains(notice) == isCut)
                    #expect(output.hasSuffix(": the answers are the same"), "\(length) \(output)")
                }
            }
        }
    }

    @Test(
        "what is no recording is refused with its line, and nothing is sent",
        arguments: [
            ("x\n", "1: no line of a recording: 1:1: not JSON"),
            ("{}\n", #"1: no line of a recording: "time""#),
            (
                #"{"event":"closed","time":"2026-02-31T00:00:00.000000Z","connection":1}"# + "\n",
                #"1: no line of a recording: "time""#
            ),
            (
                #"{"event":"closed","time":"2026-02-01T00:00:00.000000Z","connection":0}"# + "\n",
                #""connection" is not"#
            ),
            (
                #"{"event":"open","time":"2026-02-01T00:00:00.000000Z","connection":1}"# + "\n",
                #""event" is not"#
            ),
            (
                #"{"event":"connected","time":"2026-02-01T00:00:00.000000Z","connection":1,"#
                    + #""direction":"out","peer":"bad host","local":""}"# + "\n",
                #""bad host": a host has no spaces"#
            ),
            (
                #"{"event":"closed","time":"2026-02-01T00:00:00.000000Z","connection":1}"# + "\n",
                "the connection 1 is not open"
            ),
            (
                #"{"event":"bytes","time":"2026-02-01T00:00:00.000000Z","connection":1,"direction":"sent","n":1,"base64":"=="}"#
                    + "\n", #""text" is not"#
            ),
        ]
    )
    func wrong(_ text: String, _ reason: String) async throws {
        try await withFolder { folder in
            try folder.write("bad.jsonl", text)
            try await Peer.with(quiet: true, timeout: .seconds(60)) { peer in
                let failure = try #require(await peer.failure(of: "replay \(folder)/bad.jsonl"))
                #expect(failure.status == .failed)
                #expect(failure.description.hasPrefix("\(folder)/bad.jsonl:1: "))
                #expect(failure.description.contains(reason), "\(failure)")
                #expect(peer.session.log.total == 0)
                let missing = await peer.failure(of: "replay \(folder)/none.jsonl")
                #expect(missing?.status == .noInput)
            }
        }
    }

    @Test("a full disk ends the recording with one row, and the session goes on")
    func fullDisk() async throws {
        try await Peer.with(quiet: true, timeout: .seconds(60)) { peer in
            try await peer.run("record /dev/full")
            try await peer.run("send string \(peer.host) x")
            try await peer.run("send string \(peer.host) y")
            let rows = peer.transcript.rows.filter { $0.hasPrefix("! ") }
            let reason = "No space left on device; the recording ends"
            #expect(rows == ["! cannot write \"/dev/full\": \(reason)"])
            #expect(try await peer.output(of: "record") == "nothing is recorded")
            #expect(await peer.failure(of: "record off")?.status == .failed)
            #expect(await peer.failure(of: "record -")?.status == .usage)
            #expect(await peer.failure(of: "record /")?.status == .failed)
        }
    }

    @Test("a recording that begins late has the connections that were there")
    func late() async throws {
        try await withFolder { folder in
            try await Peer.with(quiet: true, timeout: .seconds(60)) { peer in
                try await peer.run("connect \(peer.host)")
                try await peer.run("send string . before")
                try await peer.run("record \(folder)/r.jsonl")
                try await peer.run("send string . after")
                try await peer.run("record off")
                let rows = try RecordedRow.all(folder.read("r.jsonl"))
                #expect(rows.count { $0.event == "connected" } == 2)
                #expect(rows.count { $0.text == "STRING\nafter\n" } == 2)
                let output = try await peer.output(of: "replay \(folder)/r.jsonl fast")
                #expect(output == "replayed 2 commands on 2 connections: the answers are the same")
            }
        }
    }

    @Test("a script of a recording sends the same messages again")
    func script() async throws {
        try await withFolder { folder in
            try folder.write("a.json", #"{"N": 1, "P": {"@text": "abc"}, "C": {"S": "in"}}"#)
            try folder.write("b.json", #"[{"X": 1}, {"X": -2}]"#)
            let commands = """
                type Point struct { X, Y int }
                connect HOST
                send string . "two  \\"words\\" \\xff\\r"
                send struct . \(folder)/a.json
                send struct . \(folder)/b.json as []Point
                send string . #no comment
                send struct HOST \(folder)/b.json as []Point
                demo .
                """
            try await Peer.with(quiet: true, timeout: .seconds(60)) { sender in
                let first = try await Peer.with(quiet: true, timeout: .seconds(60)) { receiver in
                    try await sender.run("record \(folder)/r.jsonl")
                    for row in commands.split(separator: "\n") {
                        try await sender.run(String(row).replacing("HOST", with: receiver.host))
                    }
                    try await receiver.waitForMessages(7)
                    try await sender.run("record off")
                    return try await receiver.messages()
                }
                try await Peer.with(quiet: true, timeout: .seconds(60)) { receiver in
                    let line = "script \(folder)/r.jsonl \(folder)/out.txt to \(receiver.host)"
                    let output = try await sender.output(of: line)
                    #expect(output == "wrote 7 commands to \(folder)/out.txt, with 5 files")
                    let script = String(decoding: try folder.read("out.txt"), as: UTF8.self)
                    for row in script.split(separator: "\n") { try await sender.run(String(row)) }
                    try await receiver.waitForMessages(7)
                    // Gob has no widths: what was an int comes back as the widest.
                    let again = try await receiver.messages()
                    #expect(again.map { $0.replacing("int64", with: "int") } == first)
                }
            }
        }
    }

    @Test("what is no whole command that is known goes as its bytes")
    func rawScript() async throws {
        let long = Array("LONG\n".utf8) + [UInt8](repeating: 0xFE, count: 1_000)
        let broken = Array("GOB\n".utf8) + [3, 0]
        let some = Array("PING\nSTRING\nx\n STRING\r\ny\nSTRING\nhalf".utf8)
        try await withFolder { folder in
            let first = try await recorded("\(folder)/r.jsonl") { peer in
                for bytes in [some, long, broken] { _ = try await say([bytes], to: peer) }
            }
            let again = try await recorded("\(folder)/again.jsonl") { peer in
                let out = "\(folder)/out.txt"
                let line = "script \(folder)/r.jsonl \(out) to \(peer.host)"
                let output = try await peer.output(of: line)
                #expect(output == "wrote 6 commands to \(out), with 1 file")
                let script = try folder.text("out.txt")
                #expect(
                    script == #"""
                        connect \#(peer.host)
                        send raw . "PING\n"
                        send string . "x"
                        send raw . " STRING\r\ny\n"
                        send raw . "STRING\nhalf"
                        send raw \#(peer.host) @\#(out)-1.bin
                        send raw \#(peer.host) "GOB\n\x03\x00"

                        """#
                )
                try await Peer.with(quiet: true, timeout: .seconds(60)) { sender in
                    for row in script.split(separator: "\n") {
                        try await sender.run(row + (row.contains("raw") ? " within 1m eof" : ""))
                    }
                }
            }
            #expect(again == first)
            #expect(first.suffix(2) == [long, broken])
        }
    }

    /// The commands that a session recorded, which knows some more than others.
    private func recorded(
        _ path: String,
        _ body: @escaping @Sendable (Peer) async throws -> Void,
    ) async throws -> [[UInt8]] {
        try await Peer.with(quiet: true, timeout: .seconds(60)) { peer in
            try await peer.run("on PING none reply pong")
            try await peer.run("on LONG bytes 1000 drop")
            try await peer.run("record \(path)")
            try await body(peer)
            try await peer.run("record off")
        }
        return try Recording(path).commands.map(\.bytes)
    }
}

extension Peer {
    /// Waits until so many messages have come.
    fileprivate func waitForMessages(_ count: Int) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while session.log.total < count {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// The messages that have come, without times and senders.
    fileprivate func messages() async throws -> [String] {
        var messages: [String] = []
        for number in 1...session.log.total {
            let text = try await output(of: "show \(number)")
            let head = try #require(text.firstRange(of: session.log[number]?.command ?? ""))
            let sizes = #/, \d+ bytes, \d+ of them definitions/#
            messages.append(String(text[head.lowerBound...]).replacing(sizes, with: ""))
        }
        return messages
    }
}
