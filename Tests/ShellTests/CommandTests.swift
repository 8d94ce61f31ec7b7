import Net
import Shell
import Testing

/// Every command, between two sessions in this process.
@Suite(.timeLimit(.minutes(5))) struct CommandTests {
    static let article = """
        {"N": 23, "S": "string data", "M": {"one": 1, "two": 2, "three": 3},
         "P": {"@text": "abc"}, "C": {"N": 256, "M": {"01": 1}}}
        """

    static let articleRows = """
          | complexData{
          |     N: 23,
          |     S: "string data",
          |     M: map[string]int{"one": 1, "three": 3, "two": 2},
          |     P: []byte("abc"),
          |     C: complexData{
          |         N: 256,
          |         S: "",
          |         M: map[string]int{"01": 1},
          |         P: nil,
          |         C: nil,
          |     },
          | }
        """

    @Test("send string prints the reply and its time, and the other side the text")
    func sendString() async throws {
        try await Peer.with { peer in
            let output = try await peer.output(of: "send string \(peer.host) don't panic # now")
            #expect(output.contains("STRING: don't panic # now"))
            let reply = try #require(peer.transcript.rows.last)
            #expect(reply.wholeMatch(of: /Thank you\. \([0-9.]+ m?s\)/) != nil)
        }
    }

    @Test("send struct sends every field, the nested ones too")
    func sendStruct() async throws {
        try await Peer.with { peer in
            try await withFile(Self.article) { file in
                try await peer.run("send struct \(peer.host) \(file)")
            }
            let rows = try await peer.transcript.wait(for: 2)
            let received = try #require(rows.first)
            let head = received.prefix { $0 != "\n" }
            #expect(
                head.wholeMatch(
                    of: /\d\d:\d\d:\d\d #1 127\.0\.0\.1:\d+ GOB: complexData, 143 bytes/
                ) != nil
            )
            #expect(received.dropFirst(head.count + 1) == Self.articleRows)
            #expect(rows.last == "sent complexData, 143 bytes")
        }
    }

    @Test("demo sends a string and a struct on one connection")
    func demo() async throws {
        try await Peer.with { peer in
            try await peer.run("demo \(peer.host)")
            let senders = peer.session.log.latest(9).map(\.peer)
            #expect(senders.count == 2)
            #expect(Set(senders).count == 1)
            #expect(peer.session.log.latest(9).map(\.command) == ["STRING", "GOB"])
            #expect(peer.transcript.rows.last == "sent complexData, 186 bytes")
        }
    }

    @Test("listen says where, and moves")
    func listen() async throws {
        try await Peer.with { peer in
            #expect(
                try await peer.output(of: "listen").hasPrefix(
                    "listening on \(peer.host); for this machine only"
                )
            )
            let moved = try await peer.output(of: "listen 127.0.0.1:0")
            #expect(moved.hasPrefix("listening on 127.0.0.1:"))
            #expect(!moved.contains(peer.host))
            let failure = await peer.failure(of: "send string \(peer.host) x")
            #expect(failure?.status == .unreachable)
            let address = try #require(await peer.session.reception.addresses.first)
            try await peer.run("send string \(address) moved")
        }
    }

    @Test("messages lists the latest, show shows one whole")
    func messages() async throws {
        try await Peer.with(quiet: true) { peer in
            #expect(try await peer.output(of: "messages") == "no messages")
            for number in 1...3 { try await peer.run("send string \(peer.host) text \(number)") }
            let list = try await peer.output(of: "messages 2").split(separator: "\n")
            #expect(list.map { $0.split(separator: ": ").last } == ["text 2", "text 3"])
            try await peer.run("demo \(peer.host)")
            #expect(
                try await peer.output(of: "messages 1").hasSuffix(" GOB: complexData, 186 bytes")
            )
            #expect(try await peer.output(of: "show 1").hasSuffix("STRING: text 1"))
            #expect(try await peer.output(of: "show 3").hasSuffix("STRING: text 3"))
            #expect(try await peer.output(of: "show last").hasSuffix("  | }"))
            #expect(
                await peer.failure(of: "show 6")?.description
                    == "there is no message 6: 5 were received"
            )
        }
    }

    @Test("help lists every command, and explains each")
    func help() async throws {
        try await Peer.with { peer in
            let overview = try await peer.output(of: "help")
            #expect(overview.split(separator: "\n").allSatisfy { $0.count <= 80 })
            for command in CommandTable.standard.commands {
                #expect(overview.contains("\n  \(command.synopsis)"))
                #expect(overview.contains(command.summary))
                let text = try await peer.output(of: "help \(command.name)")
                #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
                #expect(text.hasPrefix("\(command.synopsis):"))
                #expect(text.contains(command.summary))
            }
        }
    }

    @Test("a command that takes something has an example, which is of that command")
    func examples() {
        for command in CommandTable.standard.commands {
            #expect(command.parameters.isEmpty || !command.example.isEmpty, "\(command.name)")
            let isOwn = command.example.isEmpty || command.example.hasPrefix(command.name + " ")
            #expect(isOwn, "\(command.name)")
        }
    }

    @Test("a topic of the help is explained, in 80 columns", arguments: HelpTopic.all)
    func topics(_ topic: HelpTopic) async throws {
        try await Peer.with { peer in
            let text = try await peer.output(of: "help \(topic.name)")
            #expect(text == topic.text)
        }
        #expect(topic.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("quit ends the session")
    func quit() async throws {
        try await Peer.with { peer in
            #expect(!peer.session.hasEnded)
            try await peer.run("quit")
            #expect(peer.session.hasEnded)
        }
    }

    @Test(
        "a command that is not understood says what would be",
        arguments: [
            ("bogus", #"unknown command "bogus"; "help" lists the commands"#),
            ("snd string h x", #"unknown command "snd"; did you mean "send"?"#),
            ("mess", #"unknown command "mess"; did you mean "messages"?"#),
            ("mesages", #"unknown command "mesages"; did you mean "messages"?"#),
            (
                "send",
                #""send" is not complete: "send string" or "send struct" or "send raw""#
                    + #" or "send bytes""#
            ),
            ("send strnig h x", #"unknown command "send strnig"; did you mean "send string"?"#),
            (
                "send string",
                "HOST is missing: send string HOST TEXT, as in: send string localhost hello"
            ),
            (
                "send string h",
                "TEXT is missing: send string HOST TEXT, as in: send string localhost hello"
            ),
            (
                "encode a b ass T",
                #""ass" is too much: encode IN.json OUT.gob [as TYPE]; did you mean "as"?"#
            ),
            ("demo h too", #""too" is too much: demo HOST"#),
            ("show x", #""x" is no number of a message, from 1 on"#),
            ("demo \"h", "the quote at column 6 is not ended"),
            ("demo h:99999", #""h:99999": port out of range (1 to 65535)"#),
            (#"send string h "a\nb""#, "TEXT has a line end in it, and a STRING is one line"),
            ("help nothing", #"there is no command "nothing"; "help" lists them"#),
            ("help mesages", #"there is no command "mesages"; did you mean "messages"?"#),
        ]
    )
    func usage(_ line: String, _ description: String) async throws {
        try await Peer.with { peer in
            #expect(await peer.failure(of: line) == Failure(.usage, description))
            #expect(peer.transcript.rows.isEmpty)
        }
    }

    @Test("comments and blank lines do nothing", arguments: ["", "   ", "# x", "  # send"])
    func nothing(_ line: String) async throws {
        let output = try await Peer.with { peer in try await peer.output(of: line) }
        #expect(output == "")
    }

    @Test(
        "a JSON file that is no complexData names the place, and nothing is sent",
        arguments: [
            (
                #"{"N": 9223372036854775808}"#,
                " .N: 9223372036854775808 is out of range for int"
            ),
            (#"{"C": {"Nn": 1}}"#, #" .C: complexData has no field "Nn"; did you mean "N"?"#),
            ("{\"N\": 1,\n\"S\" 2}", "2:5: not JSON: \":\" is needed here"),
        ]
    )
    func badJSON(_ document: String, _ reason: String) async throws {
        try await Peer.with { peer in
            try await withFile(document) { file in
                let failure = await peer.failure(of: "send struct \(peer.host) \(file)")
                #expect(failure == Failure(.failed, "\(file):\(reason)"))
            }
            #expect(peer.session.log.total == 0)
        }
    }

    @Test("a file that cannot be read is named, with the reason")
    func missingFile() async throws {
        try await Peer.with { peer in
            let missing = await peer.failure(of: "send struct \(peer.host) /no/such.json")
            #expect(
                missing
                    == Failure(.noInput, #"cannot read "/no/such.json": No such file or directory"#)
            )
            let folder = await peer.failure(of: "send struct \(peer.host) /tmp")
            #expect(folder == Failure(.noInput, #"cannot read "/tmp": Is a directory"#))
        }
    }
}
