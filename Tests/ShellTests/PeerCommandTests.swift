import Net
import Shell
import Testing

/// Names for peers, the peer in use, chats, and what is sent again, between sessions in this process.
@Suite(.timeLimit(.minutes(5))) struct PeerCommandTests {
    @Test("an alias stands for a host in every command, until it is taken back")
    func alias() async throws {
        try await Peer.with { peer in
            try await peer.run("alias bob \(peer.host)")
            #expect(try await peer.output(of: "alias") == "bob \(peer.host)")
            #expect(try await peer.output(of: "alias bob") == "bob \(peer.host)")
            #expect(try await peer.output(of: "send string bob hello").contains("Thank you. ("))
            // An alias of an alias is the host that it had, so that no two can lead to each other.
            try await peer.run("alias eve bob")
            try await peer.run("alias bob eve")
            #expect(try await peer.output(of: "alias") == "bob \(peer.host)\neve \(peer.host)")
            try await peer.run("unalias bob")
            let failure = await peer.failure(of: "unalias bob")
            #expect(failure?.description == "there is no alias \"bob\"; there are eve")
        }
    }

    @Test(
        "a name that could be a host's or nothing is no alias",
        arguments: [".", "localhost", "a:1", "[x]", "\"a b\"", "\"\"", "\"\\x1b[2J\""]
    )
    func badAlias(_ name: String) async throws {
        try await Peer.with { peer in
            let failure = await peer.failure(of: "alias \(name) :1")
            #expect(failure?.status == .usage)
            #expect(failure?.description.contains("is no name for a host") == true)
            #expect(failure?.description.contains("\u{1B}") == false)
        }
    }

    @Test("what is sent to \".\" goes over one connection")
    func joined() async throws {
        try await Peer.with { peer in
            let before = await peer.failure(of: "send string . hello")
            #expect(
                before?.description == "no peer is in use for \".\"; \"connect HOST\" joins one"
            )
            let row = try await peer.output(of: "connect \(peer.host)")
            #expect(row.wholeMatch(of: /connected to 127\.0\.0\.1:\d+ \(.*s\)/) != nil)
            for text in ["one", "two", "three"] { try await peer.run("send string . \(text)") }
            let senders = peer.session.log.latest(3).map { "\($0.peer)" }
            #expect(Set(senders).count == 1)
            try await peer.run("disconnect")
            #expect(await peer.failure(of: "send string . again")?.status == .usage)
            #expect(await peer.failure(of: "disconnect")?.status == .failed)
        }
    }

    @Test("a connection is left when the peer has read the struct that was sent last")
    func left() async throws {
        try await Peer.with(quiet: true) { peer in
            for command in ["disconnect", "connect \(peer.host)"] {
                try await peer.run("connect \(peer.host)")
                let before = peer.session.log.total
                try await withFile("{}") { try await peer.run("send struct . \($0)") }
                try await peer.run(command)
                #expect(peer.session.log.total == before + 1)
            }
        }
    }

    @Test("a peer that closes the connection is told of, and the next send makes it again")
    func joinedAgain() async throws {
        try await Peer.with { peer in
            try await Scripted.with(replies: 1) { scripted in
                try await peer.run("connect \(scripted.host)")
                try await peer.run("send string . one")
                let told = try await peer.transcript.wait(for: {
                    $0.contains("closed the connection")
                })
                #expect(
                    told
                        == "! \(scripted.host) closed the connection; the next send makes it again"
                )
                try await peer.run("send string . two")
                #expect(peer.transcript.rows.contains("! \(scripted.host) is there again"))
                #expect(scripted.received == ["one", "two"])
            }
        }
    }

    @Test("what a peer says unasked is shown, and is not taken for a reply")
    func unasked() async throws {
        try await Peer.with { peer in
            try await Scripted.with(replies: 9, unasked: "psst\n") { scripted in
                try await peer.run("connect \(scripted.host)")
                try await peer.run("send string . one")
                try await scripted.waitUntilUnasked()
                try await peer.run("send string . two")
                let rows = peer.transcript.rows
                #expect(rows.contains("! \(scripted.host) said, unasked: \"psst\\n\""))
                #expect(rows.last?.hasPrefix("got two (") == true)
            }
        }
    }

    @Test("what a peer says to a struct is shown, though there is no reply to it")
    func unaskedForStruct() async throws {
        try await withServer { conn in
            while try await conn.read(upTo: 1_000) != nil {}
            try await conn.write("what is GOB?\n")
        } body: { host in
            try await Peer.with { peer in
                try await withFolder { folder async throws in
                    try folder.write("one.json", "1")
                    try await peer.run("send struct \(host) \(folder)/one.json as int")
                    #expect(
                        peer.transcript.rows == [
                            "! \(host) said, unasked: \"what is GOB?\\n\"", "sent int, 4 bytes",
                        ]
                    )
                }
            }
        }
    }

    @Test("a text that does not get there is kept, and retry sends it")
    func retry() async throws {
        try await Peer.with { peer in
            let port = try await Scripted.with(replies: 0) { scripted in
                try await peer.run("alias bob \(scripted.host)")
                let failure = await peer.failure(of: "send string bob one")
                #expect(failure?.description.contains("without a reply") == true)
                #expect(await peer.failure(of: "send string bob two")?.status == .failed)
                return scripted.port
            }
            #expect(peer.session.unsentText == "2 lines were not sent")
            #expect(await peer.failure(of: "retry")?.status == .unreachable)
            #expect(peer.session.unsentText == "2 lines were not sent")
            try await Scripted.with(replies: 1, port: port) { scripted in
                try await peer.run("retry")
                #expect(scripted.received == ["one", "two"])
            }
            #expect(peer.session.unsentText == nil)
            let failure = await peer.failure(of: "retry")
            #expect(failure?.description == "nothing is left to be sent")
        }
    }

    @Test("what is sent again goes where it was to go, whoever is in use meanwhile")
    func retryElsewhere() async throws {
        try await Peer.with { peer in
            try await Peer.with { other in
                try await Scripted.with(replies: 0) { scripted in
                    try await peer.run("connect \(scripted.host)")
                    #expect(await peer.failure(of: "send string . secret") != nil)
                    try await peer.run("connect \(other.host)")
                    #expect(await peer.failure(of: "retry")?.status == .failed)
                }
                #expect(other.session.log.total == 0)
                #expect(peer.session.unsentText == "one line was not sent")
            }
        }
    }

    @Test("reply goes to the peer in use, to a host spoken with, or says why it cannot")
    func reply() async throws {
        try await Peer.with { peer in
            #expect(
                await peer.failure(of: "reply hello")?.description.contains("no message") == true
            )
            try await Peer.with { other in
                try await other.run("send string \(peer.host) ping")
                try await peer.run("alias other \(other.host)")
                let rows = try await peer.output(of: "reply pong")
                #expect(rows.hasPrefix("to other:\nThank you. ("))
                #expect(other.transcript.rows.contains { $0.hasSuffix(" STRING: pong") })
            }
        }
    }

    @Test("a message over a unix socket does not say whom to reply to")
    func replyOverUnix() async throws {
        try await withFolder { folder in
            try await Peer.with { peer in
                try await peer.run("listen unix:\(folder)/s")
                try await peer.run("send string unix:\(folder)/s hello")
                let failure = await peer.failure(of: "reply x")
                #expect(
                    failure?.description == "the last message came over a unix socket, which does "
                        + "not say where its sender listens; \"send string unix:PATH TEXT\" sends "
                        + "to one that is known"
                )
            }
        }
    }

    @Test("in a chat lines are sent as they are, and a slash begins a command")
    func chat() async throws {
        try await Peer.with { peer in
            try await peer.run("chat \(peer.host)")
            for line in [
                "  two spaces", "\"quoted\"", "//slash", "", "/messages 1", "# no comment",
            ] {
                try await peer.session.take(Array(line.utf8))
            }
            let texts = peer.transcript.rows.compactMap { $0.split(separator: "STRING: ").last }
            #expect(texts.contains("  two spaces"))
            #expect(texts.contains("\"quoted\""))
            #expect(texts.contains("/slash"))
            #expect(texts.contains("# no comment"))
            #expect(Set(peer.session.log.latest(9).map { "\($0.peer)" }).count == 1)
            #expect(peer.session.log.total == 4)
            try await peer.session.take(Array("/leave".utf8))
            try await peer.session.take(Array("messages 1".utf8))
            #expect(peer.transcript.rows.last?.contains("# no comment") == true)
        }
    }

    @Test("a chat with nobody does not begin")
    func chatWithNobody() async throws {
        try await Peer.with { peer in
            #expect(await peer.failure(of: "chat 127.0.0.1:1")?.status == .unreachable)
            try await peer.session.take(Array("messages".utf8))
            #expect(peer.transcript.rows.last == "no messages")
        }
    }
}
