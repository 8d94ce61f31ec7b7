import Gob
import LineEditing
import Net
import Testing

@testable import Shell

/// The commands `proxy` and `unproxy`, and what they show of conversations.
@Suite(.timeLimit(.minutes(5))) struct ProxyCommandTests {
    /// A session with a proxy in front of another one.
    private struct Setting {
        let peer: Peer
        let host: Peer
        /// How the proxy is reached.
        let address: String
        let row: String
    }

    private func withProxy(
        quiet: Bool = false,
        limits: Limits = Limits(),
        _ body: @escaping @Sendable (Setting) async throws -> Void,
    ) async throws {
        try await Peer.with { host in
            try await Peer.with(quiet: quiet, limits: limits) { peer in
                let row = try await peer.output(of: "proxy 127.0.0.1:0 \(host.host)")
                let address = try #require(row.split(separator: " ").dropFirst().first)
                try await body(
                    Setting(peer: peer, host: host, address: String(address), row: row)
                )
            }
        }
    }

    /// Sends bytes through a proxy, ends the stream, and returns what comes back.
    private func answer(_ address: String, to bytes: [UInt8]) async throws -> [UInt8] {
        try await Dialer(on: Network()).withConn(HostPort(address)) { conn in
            try await conn.write(bytes)
            try await conn.closeWrite()
            var answer: [UInt8] = []
            while let part = try await conn.read(upTo: 1_000) { answer += part }
            return answer
        }
    }

    @Test("what two others say is shown with both ends, and can be asked for by its number")
    func shown() async throws {
        try await withProxy { both in
            let port = try #require(both.address.split(separator: ":").last)
            let way = "carrying \(both.address) to \(both.host.host)"
            let all = "\"proxy :\(port) \(both.host.host)\" opens it to all"
            #expect(both.row == "\(way); for this machine only (\(all))")
            try await both.host.run("demo \(both.address)")
            let rows = try await both.peer.transcript.wait(for: 4).dropFirst()
            let seen = rows.map { $0.dropFirst("14:04:21 ".count) }
            let client = try #require(seen[0].split(separator: " ").dropFirst().first)
            let (there, back) = ("\(client) -> \(both.host.host)", "\(both.host.host) -> \(client)")
            #expect(seen[0] == "#1 \(there) STRING: Additional data.")
            #expect(seen[1] == "#2 \(back) reply: Thank you.")
            #expect(seen[2].hasPrefix("#3 \(there) GOB: complexData, 186 bytes\n"))
            #expect(try await both.peer.output(of: "show 2") == rows[2])
            #expect(try await both.peer.output(of: "messages").split(separator: "\n").count == 3)
            let inspection = try await both.peer.output(of: "inspect 3")
            #expect(inspection.contains("complexData"))
            // Nobody has sent anything to this peer itself.
            #expect(await both.peer.failure(of: "reply x") != nil)
        }
    }

    @Test(
        "what is no whole command that is known passes as bytes, made harmless",
        arguments: [
            ("FROB\n\u{1B}[2J", #""FROB\n\x1b[2J""#),
            ("STRING\nno end", #""STRING\nno end""#),
            ("STRING", #""STRING""#),
            ("GOB\n\u{7}\u{1}", #""GOB\n\x07\x01""#),
        ]
    )
    func bytes(_ sent: String, _ shown: String) async throws {
        try await withProxy { both in
            _ = try? await answer(both.address, to: Array(sent.utf8))
            let row = try await both.peer.transcript.wait { $0.contains(" bytes: ") }
            #expect(row.hasSuffix(" bytes: \(shown)"))
        }
    }

    @Test("a line that is too long to be kept passes as bytes, and the next one is a command again")
    func tooLong() async throws {
        var limits = Limits()
        limits.maxLine = 10
        try await withProxy(limits: limits) { both in
            let long = String(repeating: "0123456789", count: 100)
            let sent = Array("STRING\n\(long)\nSTRING\nshort\n".utf8)
            #expect(try await answer(both.address, to: sent).count == 22)
            let row = try await both.peer.transcript.wait { $0.contains(" bytes: ") }
            #expect(row.contains(#" bytes: "STRING\n0123456789"#))
            _ = try await both.peer.transcript.wait { $0.hasSuffix(" STRING: short") }
        }
    }

    @Test("a GOB that is broken inside is shown as what it is: bytes")
    func brokenGob() async throws {
        try await withProxy { both in
            _ = try? await answer(both.address, to: Array("GOB\n".utf8) + [1, 2])
            let row = try await both.peer.transcript.wait { $0.contains(" GOB: ") }
            #expect(row.hasSuffix(#" GOB: "\x01\x02""#))
        }
    }

    @Test("a command that a handler is known for is shown whole")
    func known() async throws {
        try await withProxy { both in
            for peer in [both.peer, both.host] { try await peer.run("on PING bytes 2 reply pong") }
            let answer = try await answer(both.address, to: Array("PING\nab".utf8))
            #expect(answer == Array("pong\n".utf8))
            let rows = try await both.peer.transcript.wait(for: 3).suffix(2)
            #expect(rows.first?.hasSuffix(" PING: \"ab\"") == true)
            #expect(rows.last?.hasSuffix(" reply: pong") == true)
        }
    }

    @Test("a value that answers a command that is not known is shown, and can be worked with")
    func gobReply() async throws {
        var encoder = GobStreamEncoder()
        let stream = try encoder.encode(Article.datum)
        let second = try encoder.encode(Article.datum)
        try await withServer { conn in
            for answer in [stream, second] {
                guard try await conn.readLine(limit: 100) != nil else { return }
                // However it is cut on its way.
                for byte in answer {
                    try await conn.write([byte])
                    try await conn.flush()
                }
            }
        } body: { host in
            try await Peer.with { peer in
                let row = try await peer.output(of: "proxy 127.0.0.1:0 \(host)")
                let address = try #require(row.split(separator: " ").dropFirst().first)
                try await Dialer(on: Network()).withConn(HostPort(String(address))) { conn in
                    for answer in [stream, second] {
                        try await conn.write("GET\n")
                        #expect(try await conn.read(answer.count) == answer)
                    }
                }
                let rows = try await peer.transcript.wait(for: 5).dropFirst()
                let isCommand = rows.map { $0.contains(#" bytes: "GET\n""#) }
                #expect(isCommand == [true, false, true, false])
                let replies = rows.filter { $0.contains(" reply: complexData, 186 bytes\n") }
                #expect(replies.count == 2)
                #expect(replies.allSatisfy { $0.contains(#"S: "string data","#) })
                #expect(try await peer.output(of: "schema 2").contains("type complexData struct"))
                let inspection = try await peer.output(of: "inspect 4")
                #expect(inspection.contains("complexData"))
                let same = try await peer.output(of: "diff 2 4")
                #expect(same == "messages 2 and 4 are equal")
            }
        }
    }

    @Test("bytes that nothing follows are shown after a moment, before the side says more")
    func moment() async throws {
        try await withProxy { both in
            try await Dialer(on: Network()).withConn(HostPort(both.address)) { conn in
                try await conn.write("FROB\n")
                try await conn.flush()
                _ = try await both.peer.transcript.wait { $0.hasSuffix(#" bytes: "FROB\n""#) }
            }
        }
    }

    @Test("a recording that ends has all that was carried before")
    func recording() async throws {
        try await withFolder { folder in
            try await withProxy(quiet: true) { both in
                for turn in 1...20 {
                    try await both.peer.run("record \(folder)/\(turn)")
                    let answer = try await answer(both.address, to: Array("STRING\nx\n".utf8))
                    #expect(answer == Array("Thank you.\n".utf8))
                    _ = try await both.peer.output(of: "record off")
                    let rows = try RecordedRow.all(folder.read("\(turn)"))
                    #expect(rows.prefix(3).map(\.event) == ["connected", "bytes", "bytes"])
                    let texts = rows.dropFirst().prefix(2).map(\.text)
                    #expect(texts == ["STRING\nx\n", "Thank you.\n"])
                }
            }
        }
    }

    @Test("with trace on, the bytes of both directions are shown with what they mean")
    func trace() async throws {
        try await withProxy(quiet: true) { both in
            try await both.peer.run("set trace on")
            try await both.host.run("send string \(both.address) hello")
            let row = try await both.peer.transcript.wait { $0.contains("reply \"Thank you.\"") }
            #expect(row.contains("! \(both.host.host) -> 127.0.0.1:"))
            let sent = try await both.peer.transcript.wait { $0.contains("text \"hello\"") }
            #expect(sent.contains(" -> \(both.host.host) "))
            // It is kept all the same.
            #expect(try await both.peer.output(of: "messages").contains("STRING: hello"))
        }
    }

    @Test("proxies are listed with their connections, and end one by one or all at once")
    func list() async throws {
        try await withProxy(quiet: true) { both in
            let second = try await both.peer.output(of: "proxy 127.0.0.1:0 \(both.host.host)")
            let conn = try await Dialer(on: Network()).dial(both.address)
            try await conn.perform { conn in
                try await conn.write("STRING\nx\n")
                _ = try await conn.readLine(limit: 100)
            }
            let rows = try await both.peer.output(of: "proxy").split(separator: "\n")
            #expect(rows.map { $0.hasSuffix(", 1 connection") } == [true, false])
            #expect(rows.map { $0.hasSuffix(", 0 connections") } == [false, true])
            let context = both.peer.session.completionContext
            #expect(context.completion(of: "unproxy 127", cursor: 11).insertion.isEmpty == false)
            let ended = try await both.peer.output(of: "unproxy \(both.address)")
            let way = "carrying \(both.address) to \(both.host.host)"
            #expect(ended.hasSuffix("no longer \(way); 1 connection is closed"))
            let end = try await conn.perform { try await $0.readLine(limit: 10) }
            #expect(end == nil)
            await conn.close()
            let rest = try await both.peer.output(of: "unproxy")
            #expect(second.hasPrefix(rest.dropFirst("no longer ".count)))
            #expect(try await both.peer.output(of: "unproxy") == "no proxy runs")
            #expect(try await both.peer.output(of: "proxy") == "no proxy runs")
        }
    }

    @Test("what cannot be done is said in a line")
    func failures() async throws {
        try await withProxy { both in
            let (address, host) = (both.address, both.host.host)
            let missing = await both.peer.failure(of: "proxy :7000")
            #expect(missing?.description == "proxy: HOST is missing: proxy :7000 HOST")
            #expect(missing?.status == .usage)
            let taken = await both.peer.failure(of: "proxy \(address) \(host)")
            #expect(taken?.description == "cannot listen on \(address): address already in use")
            #expect(taken?.status == .cannotListen)
            let unknown = await both.peer.failure(of: "unproxy \(host)")
            #expect(unknown?.description == "no proxy listens at \(host); \"proxy\" lists them")
            // A port that is free, to which it would carry its own connections.
            try await both.peer.run("unproxy")
            let own = await both.peer.failure(of: "proxy \(address) \(address)")
            let reason = "that is where it would listen itself"
            #expect(own?.description == "cannot carry anything to \(address): \(reason)")
            let list = try await both.peer.output(of: "proxy")
            #expect(list == "no proxy runs")
        }
    }

    @Test("a host that cannot be reached is told in a row, and the client is closed")
    func unreachable() async throws {
        try await withProxy { both in
            try await both.host.run("unlisten")
            #expect(try await answer(both.address, to: []) == [])
            let row = try await both.peer.transcript.wait { $0.hasPrefix("! ") }
            let reason = "cannot dial \"\(both.host.host)\": connection refused"
            #expect(row.hasSuffix(": \(reason); the connection is closed"))
        }
    }
}
