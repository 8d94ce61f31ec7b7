import Net
import Shell
import Testing

/// The commands that peers may send, changed while they are answered.
@Suite(.timeLimit(.minutes(5))) struct HandlerTests {
    @Test(
        "a command is answered as it was asked for, and shown",
        arguments: [
            ("on X line reply pong", "X\nping\n", "pong\n", "X: ping"),
            ("on X line reply \"two\\nrows\"", "X\nping\n", "two\nrows\n", "X: ping"),
            ("on X line reply \"\"", "X\n\n", "\n", "X: "),
            ("on X line echo", "X\r\n ping\r\n", " ping\r\n", "X:  ping"),
            ("on X line", "X\nping\n", "", "X: ping"),
            ("on X none reply hex:0aFF", "X\n", "\n\u{FF}", "X"),
            ("on X none reply \"hex:00 01\"", "X\n", "\0\u{1}", "X"),
            ("on X bytes 3 echo", "X\na\n\u{FF}", "a\n\u{FF}", #"X: "a\n\xff""#),
            ("on X bytes 3 reply got", "X\nabc", "got\n", #"X: "abc""#),
            ("on X gob echo", "X\n\u{3}\u{4}\0\u{6}", "\u{3}\u{4}\0\u{6}", "X: int, 4 bytes"),
            ("on \"two words\" none reply yes", "two words\n", "yes\n", "two words"),
            ("on STRING line reply \"not thanked\"", "STRING\nx\n", "not thanked\n", "STRING: x"),
            ("on GOB line reply text", "GOB\nx\n", "text\n", "GOB: x"),
        ]
    )
    func answer(_ command: String, _ sent: String, _ reply: String, _ row: String) async throws {
        try await Peer.with { peer in
            try await peer.run(command)
            // Bytes, a character each.
            let bytes = sent.unicodeScalars.map { UInt8($0.value) }
            let answer = try await say([bytes], to: peer)
            #expect(answer == reply.unicodeScalars.map { UInt8($0.value) })
            let rows = peer.transcript.rows
            #expect(rows[0].split(separator: "\n")[0].hasSuffix(" " + row), "\(rows)")
            #expect(rows.count == 1)
        }
    }

    @Test("quietly it is answered alike, in any pieces, and kept")
    func quiet() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("on L line echo")
            try await peer.run("on B bytes 2 reply hex:2121")
            try await peer.run("on N none reply n")
            let sent = Array("L\nabc\nB\nxyN\nSTRING\nz\nL\nd\n".utf8)
            let expected = Array("abc\n!!n\nThank you.\nd\n".utf8)
            #expect(try await say([sent], to: peer) == expected)
            #expect(try await say(sent.map { [$0] }, to: peer) == expected)
            #expect(peer.session.log.total == 10)
            #expect(peer.session.log[2]?.command == "B")
            #expect(peer.session.log[2]?.size == 2)
            #expect(peer.session.log[3]?.size == 0)
        }
    }

    @Test("a reply from a file is what the file had when it was asked for")
    func file() async throws {
        try await withFile("a\0b") { path in
            try await Peer.with { peer in
                try await peer.run("on F none reply @\(path)")
                #expect(try await say([Array("F\nF\n".utf8)], to: peer) == Array("a\0ba\0b".utf8))
                let list = try await peer.output(of: "handlers")
                #expect(list.contains("on F none reply \"@\(path)\""))
                let failure = await peer.failure(of: "on G none reply @\(path).none")
                #expect(failure?.status == .noInput)
                #expect(try await peer.output(of: "handlers") == list)
            }
        }
    }

    @Test("it is changed and taken away while a connection is open")
    func change() async throws {
        try await Peer.with(quiet: true) { peer in
            try await Dialer(on: Network()).withConn(HostPort(peer.host)) { conn in
                func ask() async throws -> [UInt8]? {
                    try await conn.write("STRING\nx\n")
                    return try await conn.readLine(limit: 100)
                }
                #expect(try await ask() == Array("Thank you.".utf8))
                try await peer.run("set reply other")
                #expect(try await ask() == Array("other".utf8))
                try await peer.run("on STRING line reply third")
                #expect(try await ask() == Array("third".utf8))
                try await peer.run("off STRING")
                #expect(try await ask() == nil)
            }
            let row = try await peer.transcript.wait { $0.contains("not registered") }
            #expect(row.contains(#"sent the command "STRING""#))
            #expect(try await peer.output(of: "handlers") == "on GOB gob")
            try await peer.run("off GOB")
            #expect(try await peer.output(of: "handlers") == "no command is answered")
        }
    }

    @Test("the list has the commands that make it")
    func list() async throws {
        try await Peer.with { peer in
            let commands = [
                "on A line reply \"x y\" delay 300ms every 3 close", "on B bytes 10 echo",
                "on \"C D\" none drop", "on E gob reply \"hex:00\"",
            ]
            for command in commands { try await peer.run(command) }
            let list = try await peer.output(of: "handlers")
            let own = ["on GOB gob", "on STRING line  # the setting reply: \"Thank you.\""]
            #expect(list.split(separator: "\n").map { String($0) } == commands + own)
            for row in list.split(separator: "\n") { try await peer.run(String(row)) }
            let again = try await peer.output(of: "handlers")
            #expect(again == list.replacing("  # the setting reply: \"Thank you.\"", with: ""))
        }
    }

    @Test("a delay holds back the answer, and not what came before it")
    func delay() async throws {
        try await Peer.with { peer in
            try await peer.run("on SLOW none reply late delay 200ms")
            try await Dialer(on: Network()).withConn(HostPort(peer.host)) { conn in
                try await conn.write("STRING\nx\nSLOW\n")
                _ = try await conn.readLine(limit: 100)
                let start = ContinuousClock.now
                #expect(try await conn.readLine(limit: 100) == Array("late".utf8))
                #expect(ContinuousClock.now - start > .milliseconds(100))
            }
        }
    }

    @Test(
        "close ends the connection after the answer, drop leaves it out, every Nth only",
        arguments: [
            ("on X none reply y close", "y\n"), ("on X none close", ""),
            ("on X none reply y close every 3", "y\ny\ny\n"), ("on X none reply y every 3", "y\n"),
            ("on X none reply y drop every 2", "y\ny\ny\n"), ("on X none drop", ""),
            ("on X none every 2 reply y drop", "y\ny\ny\n"),
        ]
    )
    func faults(_ command: String, _ expected: String) async throws {
        try await Peer.with { peer in
            try await peer.run(command)
            let answer = try await say([Array("X\nX\nX\nX\nX\n".utf8)], to: peer)
            #expect(answer == Array(expected.utf8))
            // None of it is a fault of the peer's.
            #expect(!peer.transcript.rows.contains { $0.hasPrefix("!") })
        }
    }

    @Test(
        "what is not understood changes nothing, and says what is",
        arguments: [
            ("on", "NAME is missing"), ("on X", "FORM is missing"),
            (
                "on X lin",
                #"a command brings line, gob, bytes or none, not "lin"; did you mean "line"?"#
            ),
            ("on X bytes", "SIZE is missing: how many bytes follow the name"),
            ("on X bytes 0", "bytes takes a number, from 1 to 67108864 (--max-message), not \"0\""),
            ("on X bytes 99999999999", "bytes takes a number"),
            ("on X line 3", #""3" is too much after line"#),
            ("on X line replay y", #""replay" is too much"#),
            ("on X line reply", "REPLY is missing"),
            ("on X line reply a reply b", #""reply" is too much"#),
            (
                "on X line reply a echo",
                "a command is answered with reply or with echo, not with both"
            ),
            ("on X line reply hex:0", #""hex:0": two digits from 0 to f make a byte"#),
            ("on X line reply hex:0g", #""hex:0g": two digits from 0 to f make a byte"#),
            ("on X line delay soon", #"delay takes a duration, as 300ms, not "soon""#),
            ("on X line every 0", #"every takes a number, from 1 on, not "0""#),
            ("on X line reply y drop", "drop leaves out the answer"),
            (#"on "" line"#, #""" is no name of a command"#),
            (#"on " X" line"#, #"" X" is no name of a command"#),
            (#"on "a\nb" line"#, "is no name of a command"),
            ("off X", #"the command "X" is not answered; "handlers" lists what is answered"#),
            ("off STRIN", #"the command "STRIN" is not answered; did you mean "STRING"?"#),
        ]
    )
    func wrong(_ command: String, _ reason: String) async throws {
        try await Peer.with { peer in
            let before = try await peer.output(of: "handlers")
            let failure = try #require(await peer.failure(of: command))
            #expect(failure.description.contains(reason), "\(failure)")
            #expect(failure.status == (command.hasPrefix("off") ? .failed : .usage))
            #expect(try await peer.output(of: "handlers") == before)
        }
    }
}
