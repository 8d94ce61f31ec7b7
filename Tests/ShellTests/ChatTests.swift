import Shell
import Testing

/// Chats at a terminal, where the next line can be typed while one waits for its reply.
@Suite(.timeLimit(.minutes(5))) struct ChatTests {
    @Test("lines are sent in their order, and each says that it was")
    func order() async throws {
        try await Peer.with(interactive: true) { peer in
            try await Scripted.with(replies: 9) { scripted in
                try await peer.run("chat \(scripted.host)")
                for line in ["one", "two", "three"] {
                    try await peer.session.take(Array(line.utf8))
                }
                await peer.session.leaveChat()
                #expect(scripted.received == ["one", "two", "three"])
                let rows = peer.transcript.rows.filter { $0.hasPrefix("!   got") }
                #expect(
                    rows.map { $0.prefix(12) } == ["!   got one ", "!   got two ", "!   got thre"]
                )
            }
        }
    }

    @Test("where the reply is the expected one only the time is shown")
    func thanks() async throws {
        try await Peer.with(interactive: true) { peer in
            try await peer.run("chat \(peer.host)")
            try await peer.session.take(Array("hello".utf8))
            await peer.session.leaveChat()
            let row = try await peer.transcript.wait(for: { $0.hasPrefix("!   sent (") })
            #expect(!row.contains("Thank you."))
        }
    }

    @Test("a line that fails is kept, and sent again when the peer has returned")
    func returning() async throws {
        try await Peer.with(interactive: true) { peer in
            let port = try await Scripted.with(replies: 1) { scripted in
                try await peer.run("alias bob \(scripted.host)")
                try await peer.run("chat bob")
                try await peer.session.take(Array("one".utf8))
                _ = try await peer.transcript.wait(for: { $0.contains("bob closed the connection") }
                )
                return scripted.port
            }
            try await peer.session.take(Array("two".utf8))
            let failed = try await peer.transcript.wait(for: { $0.contains("\"two\" failed: ") })
            #expect(failed.hasSuffix("connection refused; \"/retry\" sends it again"))
            try await Scripted.with(replies: 1, port: port) { scripted in
                try await peer.session.take(Array("/retry".utf8))
                #expect(scripted.received == ["two"])
            }
            #expect(peer.transcript.rows.contains("! bob is there again"))
            #expect(peer.session.unsentText == nil)
        }
    }

    @Test("what is under way at the end of the program is cancelled, and counted")
    func ending() async throws {
        try await Peer.with(timeout: .seconds(200), interactive: true) { peer in
            try await Scripted.with(replies: 9, isSilent: true) { scripted in
                try await peer.run("connect \(peer.host)")
                try await peer.run("chat \(scripted.host)")
                for line in ["one", "two", "three"] {
                    try await peer.session.take(Array(line.utf8))
                }
                try await scripted.waitUntilReceived(1)
                let start = ContinuousClock.now
                await peer.session.peers.close()
                #expect(ContinuousClock.now - start < .seconds(100))
                #expect(peer.session.unsentText == "3 lines were not sent")
                // Neither that it failed nor that a connection is closed is news at the end.
                #expect(peer.transcript.rows.count { $0.hasPrefix("!") } == 0)
                // It may be called again.
                await peer.session.peers.close()
            }
        }
    }

    @Test("who leaves and does not wait keeps what was not sent")
    func leaving() async throws {
        try await Peer.with(timeout: .seconds(2), interactive: true) { peer in
            try await Scripted.with(replies: 9, isSilent: true) { scripted in
                try await peer.run("chat \(scripted.host)")
                for line in ["one", "two", "three"] {
                    try await peer.session.take(Array(line.utf8))
                }
                try await scripted.waitUntilReceived(1)
                let leaving = Task { await peer.session.leaveChat() }
                leaving.cancel()
                await leaving.value
                // The line that is on its way has until its timeout.
                _ = try await peer.transcript.wait(for: { $0.contains("\"one\" failed: no reply") })
                let end = ContinuousClock.now + .seconds(20)
                while peer.session.unsentText != "3 lines were not sent" {
                    try #require(.now < end, "\(peer.session.unsentText ?? "all was sent")")
                    try await Task.sleep(for: .milliseconds(2))
                }
            }
        }
    }
}
