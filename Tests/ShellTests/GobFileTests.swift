import Foundation
import Net
import Shell
import Testing

/// Gob files: written from JSON, read as JSON, and their types printed.
@Suite(.timeLimit(.minutes(5))) struct GobFileTests {
    @Test("encode writes the documents of a file as one stream, and decode reads them")
    func roundTrip() async throws {
        try await Peer.with { peer in
            try await withFolder { folder async throws in
                try await peer.run("type Point struct { X, Y int }")
                try folder.write("in", "{\"X\":22,\"Y\":33}\n{\n\"y\": -1\n}\n")
                #expect(
                    try await peer.output(of: "encode \(folder)/in \(folder)/gob as Point")
                        == "wrote 2 values of Point, 45 bytes, to \(folder)/gob"
                )
                // The first value of Go's own documentation, then a second one without its type.
                let bytes = try folder.read("gob")
                #expect(
                    bytes.map { String($0, radix: 16) }.joined(separator: " ")
                        == "1e 7f 3 1 1 5 50 6f 69 6e 74 1 ff 80 0 1 2 1 1 58 1 4 0 1 1 59 1 4 0 0 0 "
                        + "7 ff 80 1 2c 1 42 0 5 ff 80 2 1 0"
                )
                let text = "{\"X\":22,\"Y\":33}\n{\"X\":0,\"Y\":-1}"
                #expect(try await peer.output(of: "decode \(folder)/gob") == text)
                #expect(try await peer.output(of: "decode \(folder)/gob -") == text)
                #expect(
                    try await peer.output(of: "decode \(folder)/gob \(folder)/out")
                        == "wrote 2 values, 31 bytes, to \(folder)/out"
                )
                #expect(try folder.text("out") == text + "\n")
                #expect(try folder.names() == ["gob", "in", "out"])
            }
        }
    }

    @Test("what a program has written already keeps its mode and its links")
    func replaced() async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("in", "{}")
                try folder.write("old", "old")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600],
                    ofItemAtPath: "\(folder)/old"
                )
                try FileManager.default.createSymbolicLink(
                    atPath: "\(folder)/link",
                    withDestinationPath: "old"
                )
                try await peer.run("encode \(folder)/in \(folder)/link")
                #expect(try folder.read("old").count > 40)
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/old")
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                #expect(try folder.names() == ["in", "link", "old"])
            }
        }
    }

    @Test(
        "where anything is wrong with the JSON, its place is named and nothing is written",
        arguments: [
            (#"{"N": 1, "Q": 2}"#, #": complexData has no field "Q""#),
            ("{}\n{\"C\": {\"N\": 1e99}}", ":2: .C.N: 1e99 where an integer (int) is needed"),
            ("{\"S\": 1}\n{}", ":1: .S: 1 where a string (string) is needed"),
            ("{}\n{} ]", ":2:4: not JSON: a value is needed here"),
            ("{}\n{\"N\":", ":2:6: not JSON: the document ends where a value is needed"),
            (" \n", ": no value in it"),
        ]
    )
    func badJSON(_ text: String, _ reason: String) async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("in", text)
                try folder.write("gob", "as it was")
                let failure = await peer.failure(of: "encode \(folder)/in \(folder)/gob")
                #expect(failure == Failure(.failed, "\(folder)/in\(reason)"))
                #expect(try folder.text("gob") == "as it was")
                #expect(try folder.names() == ["gob", "in"])
            }
        }
    }

    @Test("where a stream breaks, the values before it are there, and the error says where")
    func broken() async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("in", "{\"N\":1}\n{\"N\":2}\n")
                try await peer.run("encode \(folder)/in \(folder)/gob")
                let whole = try folder.read("gob")
                try folder.write("cut", whole.dropLast(2))
                let reason =
                    "the gob stream ends in the middle of a value at byte \(whole.count - 2)"
                let failure = await peer.failure(of: "decode \(folder)/cut")
                #expect(failure == Failure(.failed, "\(folder)/cut: \(reason)"))
                let row = #"{"N":1,"S":"","M":null,"P":null,"C":null}"#
                #expect(peer.transcript.rows.last == row)
                #expect(
                    await peer.failure(of: "decode \(folder)/cut \(folder)/out")?.description
                        == "\(folder)/cut: \(reason); 1 value before it written to \(folder)/out"
                )
                #expect(try folder.text("out") == row + "\n")
                try folder.write("none", whole.prefix(20))
                #expect(await peer.failure(of: "decode \(folder)/none \(folder)/no") != nil)
                #expect(try folder.names() == ["cut", "gob", "in", "none", "out"])
                #expect(await peer.failure(of: "schema \(folder)/cut")?.status == .failed)
                #expect(peer.transcript.rows.last?.hasPrefix("// values: complexData\n") == true)
            }
        }
    }

    @Test("what is no regular file is written where it is, and a folder is refused")
    func places() async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("in", "{}")
                try await peer.run("encode \(folder)/in /dev/null")
                for (place, reason) in [
                    ("\(folder)", "Is a directory"), ("/no/such", "No such file or directory"),
                    ("/dev/full", "No space left on device"),
                ] {
                    #expect(
                        await peer.failure(of: "encode \(folder)/in \(place)")
                            == Failure(.failed, "cannot write \"\(place)\": \(reason)")
                    )
                }
                var status = stat()
                #expect(stat("/dev/null", &status) == 0)
                #expect(status.st_mode & S_IFMT == S_IFCHR)
            }
        }
    }

    @Test("standard output has JSON that drives no terminal, a file what Go would print")
    func harmless() async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("in", "\"\\u001b\u{202E}\u{9B}\u{7F}\u{E0041}é\"")
                try await peer.run("encode \(folder)/in \(folder)/gob as string")
                #expect(
                    try await peer.output(of: "decode \(folder)/gob")
                        == #""\u001b\u202e\u009b\u007f\udb40\udc41é""#
                )
                try await peer.run("decode \(folder)/gob \(folder)/out")
                #expect(
                    try folder.text("out") == "\"\\u001b\u{202E}\u{9B}\u{7F}\u{E0041}é\"\n"
                )
            }
        }
    }

    @Test("schema prints the types of a file, those in interfaces too, and load takes them")
    func schema() async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try await peer.run("type Point struct { X, Y int8 }")
                try await peer.run("type Box struct { At []Point; In any }")
                let value = #"{"@type":"*main.Point","@value":{"X":1}}"#
                try folder.write("in", "{\"In\":\(value)}\n{}")
                try await peer.run("encode \(folder)/in \(folder)/gob as Box")
                let text = """
                    // values: Box
                    // in interfaces: *main.Point is Point
                    //
                    // A gob does not tell
                    //   widths: an int64 may be any int
                    //   pointers, but where a type is inside itself, and in some lists and maps
                    //   names of types that are no struct, as type Celsius float64
                    //   methods: an any may be an interface that has some

                    package main

                    type Box struct {
                    \tAt []Point
                    \tIn any
                    }

                    type Point struct {
                    \tX int64
                    \tY int64
                    }
                    """
                #expect(try await peer.output(of: "schema \(folder)/gob") == text)
                try folder.write("go", text)
                #expect(
                    try await peer.output(of: "load \(folder)/go")
                        == "loaded 2 types of \(folder)/go: Box, Point"
                )
                try await peer.run("encode \(folder)/in \(folder)/wide as Box")
            }
        }
    }

    @Test("schema takes the number of a message")
    func schemaOfMessage() async throws {
        try await Peer.with { peer in
            #expect(
                await peer.failure(of: "schema last")?.description
                    == "there is no message last: none was received"
            )
            try await peer.run("demo \(peer.host)")
            let text = try await peer.output(of: "schema last")
            #expect(
                text.hasPrefix("// values: complexData\n//\n// A gob does not tell\n")
                    && text.contains("\n\npackage main\n\ntype complexData struct {\n\tN int64")
            )
            #expect(try await peer.output(of: "schema 2") == text)
            #expect(
                await peer.failure(of: "schema 1")
                    == Failure(.failed, "message 1 is a STRING, and no gob")
            )
        }
    }

    @Test("a value that a server sent is loaded, written, changed and sent back under its command")
    func backAgain() async throws {
        try await withFolder { folder async throws in
            try folder.write("in.json", #"{"No": 7, "Lines": [{"SKU": "tea"}], "Next": null}"#)
            try await Peer.with { server in
                try await server.run("type Line struct { SKU string }")
                try await server.run("type Ticket struct { No int; Lines []Line; Next *Ticket }")
                try await server.run("encode \(folder)/in.json \(folder)/it.gob as Ticket")
                try await server.run("on GET none reply @\(folder)/it.gob")
                try await server.run("on PUT gob echo")
                try await explore(server.host, in: folder)
            }
        }
    }

    private func explore(_ host: String, in folder: TemporaryFolder) async throws {
        try await Peer.with { peer in
            try await peer.run(#"send raw \#(host) "GET\n" within 1m eof"#)
            let loaded = try await peer.output(of: "load last")
            #expect(loaded == "loaded 2 types of message 1: Ticket, Line")
            let value = #"{"No":7,"Lines":[{"SKU":"tea"}],"Next":null}"#
            #expect(try await peer.output(of: "decode 1") == value)
            try await peer.run("decode last \(folder)/out.json")
            #expect(try folder.text("out.json") == value + "\n")
            try folder.write("new.json", value.replacing("tea", with: "mate"))
            let put = #""PUT\n" gob:Ticket@\#(folder)/new.json"#
            try await peer.run("send raw \(host) \(put) within 1m eof")
            #expect(try await peer.output(of: "decode --path .Lines[0].SKU last") == #""mate""#)
            // What has no types, or is not there.
            try await peer.run("demo \(peer.host)")
            for (line, reason) in [
                ("load 3", "message 3 is a STRING, and no gob"),
                ("decode 3", "message 3 is a STRING, and no gob"),
                ("load 9", "there is no message 9: 4 were received"),
            ] {
                #expect(await peer.failure(of: line)?.description == reason)
            }
        }
    }

    @Test("bytes that are no gob are an error with the offset, a missing file one with the reason")
    func noGob() async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("garbage", [0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01, 0x01])
                let failure = await peer.failure(of: "decode \(folder)/garbage")
                #expect(failure?.status == .failed)
                #expect(failure?.description.hasPrefix("\(folder)/garbage: ") == true)
                #expect(failure?.description.contains(" at byte ") == true)
                try folder.write("empty", "")
                #expect(try await peer.output(of: "decode \(folder)/empty") == "")
                #expect(
                    await peer.failure(of: "schema \(folder)/empty")?.description
                        == "\(folder)/empty: no value in it"
                )
                #expect(await peer.failure(of: "decode \(folder)/no")?.status == .noInput)
                #expect(await peer.failure(of: "schema \(folder)")?.status == .noInput)
            }
        }
    }
}
