import Net
import Shell
import Testing

/// What can be changed while the program runs.
@Suite(.timeLimit(.minutes(5))) struct SettingTests {
    @Test("set lists every setting with its value, aligned")
    func list() async throws {
        try await Peer.with { peer in
            let rows = try await peer.output(of: "set").split(separator: "\n")
            #expect(rows.count == Setting.all.count)
            #expect(rows.allSatisfy { $0.count <= 80 })
            for (row, setting) in zip(rows, Setting.all) {
                let words = row.split(separator: " ", maxSplits: 1)
                #expect(words.first.map { String($0) } == setting.name)
                #expect(row.hasSuffix("\(setting.summary) (\(setting.takes))"))
                #expect(row.dropFirst(16).hasPrefix(setting.show(peer.session.settings)))
            }
        }
    }

    @Test(
        "a setting is changed, and shown as it is typed",
        arguments: [
            ("timeout", "300ms"), ("timeout", "1.5s"), ("timeout", "2m"), ("keep-alive", "off"),
            ("keep-alive", "1m"), ("fallback-delay", "off"),
            ("fallback-delay", "0ms"), ("fallback-delay", "50ms"), ("local-address", "127.0.0.1"),
            ("local-address", "[::1]:5000"), ("local-address", "any"), ("format", "json"),
            ("format", "go"), ("trace", "on"),
            ("timestamps", "off"), ("color", "never"), ("color", "always"), ("quiet", "on"),
            ("reply", #""not now\t\xff""#),
        ]
    )
    func change(_ name: String, _ value: String) async throws {
        try await Peer.with { peer in
            #expect(try await peer.output(of: "set \(name) \(value)") == "")
            let shown = try #require(Setting.all.first { $0.name == name })
                .show(peer.session.settings)
            try await peer.run("set \(name) \(shown)")
            let row = try await peer.output(of: "set \(name)")
            #expect(row.hasPrefix("\(name)  \(shown)  "))
            // Minutes come as seconds.
            #expect(["2m": "120s", "1m": "60s"][value, default: value] == shown)
        }
    }

    @Test(
        "a value that is none says what is taken, and changes nothing",
        arguments: [
            (
                "timeout soon",
                #"timeout takes a duration above 0, as 300ms, 1.5s or 2m, not "soon""#
            ),
            ("timeout 0", #"timeout takes a duration above 0, as 300ms, 1.5s or 2m, not "0""#),
            ("keep-alive 1ms", #"keep-alive takes a duration from 1s to 9h, or off, not "1ms""#),
            (
                "fallback-delay -1s",
                #"fallback-delay takes a duration, as 300ms, or off, not "-1s""#
            ),
            (
                "local-address localhost",
                "local-address takes an IP address of this machine, with a port or without, or "
                    + #"any, not "localhost""#
            ),
            (
                "keep-alive of",
                #"keep-alive takes a duration from 1s to 9h, or off, not "of"; did you mean "off"?"#
            ),
            ("format jsn", #"format takes go or json, not "jsn"; did you mean "json"?"#),
            ("trace yes", #"trace takes on or off, not "yes""#),
            ("color blue", #"color takes auto, always or never, not "blue""#),
            (#"reply "a\nb""#, #"reply takes one line of text, not "a\nb""#),
            ("tiemout 1s", #"there is no setting "tiemout"; did you mean "timeout"?"#),
            ("x", #"there is no setting "x"; "set" lists them"#),
        ]
    )
    func wrong(_ words: String, _ description: String) async throws {
        try await Peer.with { peer in
            let before = peer.session.settings
            let failure = await peer.failure(of: "set \(words)")
            #expect(failure == Failure(.usage, description))
            #expect(peer.session.settings == before)
        }
    }

    @Test("the next dial has the timeout that was set")
    func timeout() async throws {
        try await withServer { conn in
            while try await conn.readLine(limit: 100) != nil {}
        } body: { host in
            try await Peer.with { peer in
                try await peer.run("set timeout 50ms")
                let failure = await peer.failure(of: "send string \(host) hello")
                #expect(failure == Failure(.failed, "no reply from \"\(host)\" within 50 ms"))
            }
        }
    }

    @Test("a STRING is answered what was set, on connections that are open too")
    func reply() async throws {
        try await Peer.with(quiet: true) { peer in
            try await peer.run("set reply come back  later")
            let reply = try await peer.output(of: "send string \(peer.host) x")
            #expect(reply.hasPrefix("come back  later ("))
            try await peer.run(#"set reply """#)
            #expect(try await peer.output(of: "send string \(peer.host) x").hasPrefix(" ("))
        }
    }

    @Test("quiet keeps messages from the screen, and in the list")
    func quiet() async throws {
        try await Peer.with { peer in
            try await peer.run("set quiet on")
            #expect(try await peer.output(of: "send string \(peer.host) x").contains("\n") == false)
            try await peer.run("set quiet off")
            let shown = try await peer.output(of: "send string \(peer.host) y")
            #expect(shown.contains(" #2 "))
            #expect(peer.session.log.total == 2)
        }
    }
}
