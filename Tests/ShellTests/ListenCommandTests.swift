import Net
import Shell
import Testing

/// Listening and connections, as seen at the prompt.
@Suite(.timeLimit(.minutes(5))) struct ListenCommandTests {
    @Test("peers lists the connections in and out, with what went over them")
    func peers() async throws {
        try await Peer.with { peer in
            #expect(try await peer.output(of: "peers") == "no connections")
            try await Peer.with { other in
                try await other.run("alias bob \(peer.host)")
                try await other.run("connect bob")
                try await other.run("send string . hello")
                try await other.run("send string . you")
                let out = try await other.output(of: "peers").split(separator: "\n")
                let cells = out.map { $0.split(separator: " ").map { String($0) } }
                #expect(cells.count == 2)
                #expect(cells[0] == ["address", "age", "messages", "bytes", "in", "bytes", "out"])
                #expect(cells[1].prefix(4) == ["out", peer.host, "(bob", ".)"])
                #expect(cells[1].suffix(3) == ["2", "22", "24"])
                // The reply may be here before the other side has counted the command.
                let row = try await row(of: peer) { $0.contains("2") }
                #expect(row[0] == "in")
                #expect(row[1].hasPrefix("127.0.0.1:"))
                #expect(row.suffix(3) == ["2", "24", "22"])
                try await other.run("disconnect")
                #expect(try await other.output(of: "peers") == "no connections")
            }
        }
    }

    /// Looks again and again for the row of the one connection, for 30 seconds at most.
    private func row(of peer: Peer, _ isRight: ([String]) -> Bool) async throws -> [String] {
        let end = ContinuousClock.now + .seconds(30)
        while true {
            let rows = try await peer.output(of: "peers").split(separator: "\n")
            let row = rows.last.map { $0.split(separator: " ").map { String($0) } } ?? []
            if rows.count == 2, isRight(row) { return row }
            try #require(.now < end, "\(rows)")
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    @Test("unlisten closes the connections and says so; listen begins again")
    func unlisten() async throws {
        try await Peer.with { peer in
            let held = try await Dialer(on: Network()).dial(peer.host)
            try await held.perform { conn in
                try await conn.write("STRING\nx\n")
                _ = try await conn.readLine(limit: 100)
            }
            #expect(
                try await peer.output(of: "unlisten")
                    == "no longer listening on \(peer.host); 1 connection is closed"
            )
            #expect(try await held.perform { try await $0.read(upTo: 100) } == nil)
            await held.close()
            let failure = await peer.failure(of: "send string \(peer.host) x")
            #expect(failure?.status == .unreachable)
            #expect(try await peer.output(of: "unlisten") == "not listening")
            #expect(try await peer.output(of: "listen") == "not listening")
            #expect(try await peer.output(of: "peers") == "no connections")
            let listening = try await peer.output(of: "listen \(peer.host)")
            #expect(listening.hasPrefix("listening on \(peer.host)"))
            try await peer.run("send string \(peer.host) back")
            #expect(peer.transcript.rows.contains { $0.hasSuffix("STRING: back") })
        }
    }

    @Test("listen takes a unix socket")
    func unix() async throws {
        try await withFolder { folder in
            let path = "\(folder)/s"
            try await Peer.with { peer in
                #expect(
                    try await peer.output(of: "listen unix:\(path)")
                        == "listening on unix:\(path); "
                        + "for this user only (\"listen :61000\" opens it to all)"
                )
                try await peer.run("send string unix:\(path) hello")
                #expect(peer.transcript.rows.contains { $0.hasSuffix(" unix STRING: hello") })
                let unlistened = try await peer.output(of: "unlisten")
                #expect(unlistened.hasPrefix("no longer listening on unix:\(path)"))
                #expect(try folder.names() == [])
                let failure = await peer.failure(of: "listen unix:\(folder)")
                let reason = "cannot listen on unix:\(folder): a file that is no socket is there"
                #expect(failure == Failure(.cannotListen, reason))
            }
        }
    }

    @Test(
        "an age is in the largest unit of which it has one",
        arguments: zip(
            [0, 59.9, 60, 3_599, 3_600, 86_399, 86_400, 864_000],
            ["0 s", "59 s", "1 min", "59 min", "1 h", "23 h", "1 d", "10 d"],
        )
    )
    func age(_ seconds: Double, _ shown: String) {
        #expect(Duration.seconds(seconds).age == shown)
    }
}
