import Foundation
import Gob
import Shell
import Testing

/// What a send would send, and what a Go program would make of it.
@Suite(.timeLimit(.minutes(5))) struct ExplainTests {
    @Test("a STRING is explained with its command line and its line end, and nothing is sent")
    func string() async throws {
        try await Peer.with { peer in
            let text = try await peer.output(of: "explain send string \(peer.host) it's \"me\"")
            #expect(
                text == """
                         0  53 54 52 49 4e 47 0a     STRING.   command STRING
                         7  69 74 27 73 20 22 6d 65  it's "me  text "it's \\"me\\""
                        15  22                       "
                        16  0a                       .         end of the line
                    """
            )
            #expect(peer.session.log.latest(9).isEmpty)
        }
    }

    @Test("the bytes of a GOB are those that its send sends")
    func sameBytes() async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("a.json", Array(#"{"N": 300, "M": {"one": 1}}"#.utf8))
                let rows = try await peer.output(
                    of: "explain send struct \(peer.host) \(folder)/a.json"
                )
                .components(separatedBy: "\n= ")[0].split(separator: "\n")
                #expect(rows[0] == "     0  47 4f 42 0a              GOB.      command GOB")
                #expect(rows[1].hasPrefix("     4  38 "))
                #expect(peer.session.log.latest(9).isEmpty)
                try await peer.run("send struct \(peer.host) \(folder)/a.json")
                guard case .gob(let stream) = peer.session.log.latest(1).first?.content else {
                    Issue.record("nothing came")
                    return
                }
                #expect(bytes(in: rows) == Array("GOB\n".utf8) + stream)
            }
        }
    }

    @Test(
        "what a Go program makes of a struct is foretold for any type",
        arguments: [
            (
                "", #"{"N": 1, "P": []}"#,
                """
                a Go program that decodes this into a new complexData has then
                = {"N":1,"S":"","M":null,"P":null,"C":null}
                not sent, being zero: .S, .M, .C; the variable keeps what it had
                not sent, being empty: .P; the slice stays nil
                """
            ),
            (
                "to Narrow", #"{"C": {"M": {"one": 300}}}"#,
                """
                a Go program that decodes this into a new Narrow refuses it:
                    value for "M" out of range
                    .C.M["one"]: 300 is out of range for int8
                not sent, being zero: .N, .S, .M, .P, .C.N, .C.S, .C.P, .C.C; the variable keeps what it had
                """
            ),
            (
                "as Narrow to map[string]int", "{}",
                """
                a Go program that decodes this into a new map[string]int refuses it:
                    gob: decoding into local type *map[string]int, received remote type Narrow
                    Narrow cannot be received as map[string]int
                not sent, being zero: .M, .C; the variable keeps what it had
                """
            ),
            (
                "as struct { X int } to Embedding", #"{"X": 1}"#,
                """
                a Go program that decodes this into a new Embedding panics:
                    panic: reflect: indirection through nil pointer to embedded struct
                    .X: the field "X" is in an embedded *main.In, which is nil
                never received, since struct has no such field: .Y; the variable keeps what it had
                """
            ),
            (
                "as struct { V []any; X float64 } to struct { X float32 }",
                #"{"V": [null], "X": 0.1}"#,
                """
                a Go program that decodes this into a new struct{ X float32 } may have anything then, or refuse it:
                    .V: Go loses its place where it passes over a nil in an interface
                dropped, since struct { X float32 } has no such field: .V
                """
            ),
            (
                "as []float64 to []float32", "[0.1]",
                """
                a Go program that decodes this into a new []float32 has then
                = [0.1]
                rounded to float32: [0]
                """
            ),
        ]
    )
    func forecasts(_ types: String, _ document: String, _ expected: String) async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("a.json", Array(document.utf8))
                try await peer.run("type Narrow struct { M map[string]int8; C *Narrow }")
                try await peer.run("type Embedding struct { *In; Y int }")
                try await peer.run("type In struct { X int }")
                let text = try await peer.output(
                    of: "explain send struct localhost \(folder)/a.json \(types)"
                )
                #expect(text.components(separatedBy: "\n\n").last == expected)
            }
        }
    }

    @Test(
        "bytes that are sent raw are explained as far as commands can be told",
        arguments: [
            (
                #"raw localhost "STRING\nhi\nNOPE\nxyz""#,
                [
                    "     0  53 54 52 49 4e 47 0a     STRING.   command STRING",
                    "     7  68 69                    hi        text \"hi\"",
                    "     9  0a                       .         end of the line",
                    "    10  4e 4f 50 45 0a           NOPE.     command NOPE",
                    "    15  78 79 7a                 xyz       bytes of which nothing is known",
                ]
            ),
            (
                #"raw localhost "NOPE\n" hex:050c00026869 03040006"#,
                [
                    "     0  4e 4f 50 45 0a           NOPE.     command NOPE",
                    "     5  05                       .         message of 5 bytes",
                    "     6  0c                       .           value of type 6, string",
                    "     7  00                       .           0, as before every value that is no struct",
                    "     8  02 68 69                 .hi           string \"hi\"",
                    "= \"hi\"",
                    "    11  03                       .         message of 3 bytes",
                ]
            ),
            (
                #"raw localhost "NOPE\n" hex:050c00026869 01"#,
                [
                    "     0  4e 4f 50 45 0a           NOPE.     command NOPE",
                    "     5  05 0c 00 02 68 69 01     ....hi.   bytes of which nothing is known",
                ]
            ),
            (
                #"bytes localhost "GOB\n" pause 1s hex:05 0c 00 02 68 69 "STR""#,
                [
                    "     0  47 4f 42 0a              GOB.      command GOB",
                    "     4  05                       .         message of 5 bytes",
                    "     5  0c                       .           value of type 6, string",
                    "     6  00                       .           0, as before every value that is no struct",
                    "     7  02 68 69                 .hi           string \"hi\"",
                    "= \"hi\"",
                    "    10  53 54 52                 STR       the beginning of a command",
                ]
            ),
            (
                #"raw localhost "GOB\n" hex:050c0002"#,
                [
                    "     0  47 4f 42 0a              GOB.      command GOB",
                    "     4  05                       .         message of 5 bytes",
                    "     5  0c                       .           value of type 6, string",
                ]
            ),
        ]
    )
    func raw(_ send: String, _ rows: [String]) async throws {
        try await Peer.with { peer in
            let text = try await peer.output(of: "explain send \(send)")
            #expect(text.components(separatedBy: "\n").prefix(rows.count) == rows[...])
        }
    }

    @Test(
        "what cannot be explained is one line that says why",
        arguments: [
            ("explain", "SEND is missing: explain SEND"),
            ("explain send", "\"send\" is not complete: \"send string\" or \"send struct\""),
            (
                "explain connect localhost",
                "\"connect\" sends nothing that can be explained; "
                    + "\"send string\" or \"send struct\" or \"send raw\" or \"send bytes\" does"
            ),
            ("explain send raw localhost hi", "\"hi\" is no bytes"),
            ("explain send struct", "HOST is missing: send struct HOST FILE.json [as TYPE]"),
            ("explain send string a:b:c hi", "\"a:b:c\": too many colons"),
            ("explain send struct localhost x.json to", "RECEIVER is missing"),
            ("explain send struct localhost x.json as int to", "RECEIVER is missing"),
            ("explain send string localhost \"a\\nb\"", "TEXT has a line end in it"),
        ]
    )
    func wrong(_ line: String, _ reason: String) async throws {
        try await Peer.with { peer in
            let failure = await peer.failure(of: line)
            #expect(failure?.status == .usage)
            #expect(
                failure?.description.hasPrefix(reason) == true,
                "\(String(describing: failure))"
            )
        }
    }

    @Test("the type of a receiver must be one, but need not be one that can be sent")
    func receiver() async throws {
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("a.json", Array(#"{"N": 1}"#.utf8))
                let send = "explain send struct localhost \(folder)/a.json"
                #expect(
                    await peer.failure(of: "\(send) to complexDat")?.description
                        == #"to complexDat: the type "complexDat" is not declared; did you mean "complexData"?"#
                )
                let text = try await peer.output(of: "\(send) to struct { n int }")
                #expect(
                    text.contains(
                        "\n    gob: type mismatch: no fields matched compiling decoder for \n"
                    )
                )
            }
        }
    }

    @Test("what the README shows of explain is what it prints")
    func readme() async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../README.md")
        let readme = try String(contentsOf: path, encoding: .utf8)
        let section = try #require(
            readme.components(separatedBy: "$ cat worker.go\n").last?.components(
                separatedBy: "\n```"
            )[0]
        )
        let parts = section.components(separatedBy: "\n$ ")
        #expect(parts.count == 5)
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("worker.go", Array(parts[0].utf8))
                try await peer.run("load \(folder)/worker.go")
                for (file, command) in [(parts[1], parts[2]), (parts[3], parts[4])] {
                    let name = try #require(file.firstMatch(of: /^cat (\S+)\n/)?.output.1)
                    try folder.write(String(name), Array(file.dropFirst(5 + name.count).utf8))
                    let match = try #require(
                        command.wholeMatch(
                            of: /gobtalk --types worker.go (.*) \| tail -n (\d+)\n((?:.|\n)*)/
                        )
                    )
                    let line = match.output.1.replacing(name, with: "\(folder)/\(name)")
                    let rows = try await peer.output(of: String(line)).components(separatedBy: "\n")
                    let count = try #require(Int(match.output.2))
                    #expect(rows.suffix(count).joined(separator: "\n") == match.output.3)
                }
            }
        }
    }
}
