import Shell
import Testing

/// `save`, which keeps what came as it came.
@Suite(.timeLimit(.minutes(5))) struct SaveTests {
    @Test("the text of a STRING is written as its bytes, over what was there")
    func text() async throws {
        let bytes: [UInt8] = [0x1B, 0xFF, 0x00, 0x41, 0x0D, 0x42]
        try await Peer.with(quiet: true) { peer in
            try await send(Array("first".utf8), to: peer)
            try await send(bytes, to: peer)
            try await withFolder { folder in
                try folder.write("out", "what was there")
                let path = "\(folder)/out"
                let said = try await peer.output(of: "save 2 \(path)")
                #expect(said == "wrote message 2, 6 bytes, to \(path)")
                #expect(try folder.read("out") == bytes)
                try await peer.run("save last \(path)")
                #expect(try folder.read("out") == bytes)
                #expect(try folder.names() == ["out"])
            }
        }
    }

    @Test("the stream of a GOB is written so that decode reads it")
    func gob() async throws {
        try await Peer.with(quiet: true) { peer in
            try await withFile(#"{"N": 7}"#) {
                try await peer.run("send struct \(peer.host) \($0)")
            }
            try await withFolder { folder in
                let size = try #require(peer.session.log[1]?.size)
                let said = try await peer.output(of: "save last \(folder)/out.gob")
                #expect(said == "wrote message 1, \(size) bytes, to \(folder)/out.gob")
                let json = try await peer.output(of: "decode \(folder)/out.gob")
                #expect(json == #"{"N":7,"S":"","M":null,"P":null,"C":null}"#)
            }
        }
    }

    @Test("all messages are written as a transcript for people")
    func transcript() async throws {
        try await Peer.with(quiet: true) { peer in
            try await withFolder { folder in
                let path = "\(folder)/all.txt"
                try await send([0x1B] + Array("first".utf8), to: peer)
                try await withFile(#"{"N": 7}"#) {
                    try await peer.run("send struct \(peer.host) \($0)")
                }
                while peer.session.log.total < 2 { try await Task.sleep(for: .milliseconds(1)) }
                let said = try await peer.output(of: "save all \(path)")
                #expect(said == "wrote a transcript of 2 messages, to \(path)")
                let text = String(decoding: try folder.read("all.txt"), as: UTF8.self)
                let first = #/^\d\d:\d\d:\d\d #1 127\.0\.0\.1:\d+ STRING: \\x1bfirst\n/#
                let second = #/\n.* #2 .* GOB: complexData, \d+ bytes, 88 of .*\n.*\{\n.*N: 7,\n/#
                #expect(text.contains(first))
                #expect(text.contains(second))
            }
        }
    }

    @Test(
        "what cannot be saved is named",
        arguments: [
            ("save 2 x", Failure(.failed, "there is no message 2: 1 was received")),
            (
                "save 1 /no/such/file",
                Failure(.failed, #"cannot write "/no/such/file": No such file or directory"#)
            ),
            (
                "save 1 -",
                Failure(
                    .usage,
                    #"a message is not saved to standard output; "show 1" prints it"#
                )
            ),
        ]
    )
    func refused(_ line: String, _ failure: Failure) async throws {
        try await Peer.with(quiet: true) { peer in
            try await send(Array("x".utf8), to: peer)
            #expect(await peer.failure(of: line) == failure)
        }
    }
}
