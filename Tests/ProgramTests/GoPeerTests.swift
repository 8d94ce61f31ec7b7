import Foundation
import Testing

/// The built program and a program in Go, in both directions.
@Suite(.timeLimit(.minutes(5))) struct GoPeerTests {
    static let article = """
        {"N": 23, "S": "string data", "M": {"one": 1, "two": 2, "three": 3},
         "P": {"@text": "abc"},
         "C": {"N": 256, "S": "Recursive structs? Piece of cake!",
               "M": {"01": 1, "10": 2, "11": 3}}}
        """

    static let articleJSON =
        #"{"N":23,"S":"string data","M":{"one":1,"three":3,"two":2},"P":"YWJj","#
        + #""C":{"N":256,"S":"Recursive structs? Piece of cake!","M":{"01":1,"10":2,"11":3},"#
        + #""P":null,"C":null}}"#

    @Test("a script's string and struct arrive at a Go program with every field")
    func script() async throws {
        let peer = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0"])
        let host = try await peer.line(beginning: "127.0.0.1:")
        let file = FileManager.default.temporaryDirectory
            .appending(component: "gobtalk-\(UUID().uuidString).json")
        try Data(Self.article.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = "send string \(host) hello\nsend struct \(host) \(file.path)\ndemo \(host)\n"
        let outcome = try await Tool.run(Tool.gobtalk, [], input: script)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        let rows = outcome.output.split(separator: "\n")
        #expect(rows.first?.hasPrefix("Thank you. (") == true)
        #expect(rows.contains("sent complexData, 186 bytes"))
        let received = await peer.end().output.split(separator: "\n").dropFirst()
        let gob = #"{"command":"GOB","value":\#(Self.articleJSON)}"#
        #expect(
            received.map { String($0) } == [
                #"{"command":"STRING","text":"hello"}"#, gob,
                #"{"command":"STRING","text":"Additional data."}"#, gob,
            ]
        )
    }

    @Test("the article's client, in Go, is answered and shown")
    func client() async throws {
        let server = try Tool(Tool.gobtalk, ["--serve", "--listen", "127.0.0.1:0"])
        let host = try await server.host()
        let client = try await Tool.run(GoPeer.path, ["-connect", host])
        #expect(client.status == 0)
        #expect(client.output == "Thank you.\n")
        _ = try await server.line(beginning: "  | }")
        let outcome = await server.end(signal: SIGTERM)
        #expect(outcome.status == 143)
        let rows = outcome.output.split(separator: "\n").map { String($0) }
        #expect(rows[0].hasSuffix(" STRING: Additional data."))
        #expect(
            rows[1].wholeMatch(
                of: /\d\d:\d\d:\d\d #2 127\.0\.0\.1:\d+ GOB: complexData, 18\d bytes/
            ) != nil
        )
        #expect(
            rows.dropFirst(2) == [
                "  | complexData{",
                "  |     N: 23,",
                "  |     S: \"string data\",",
                "  |     M: map[string]int{\"one\": 1, \"three\": 3, \"two\": 2},",
                "  |     P: []byte(\"abc\"),",
                "  |     C: complexData{",
                "  |         N: 256,",
                "  |         S: \"Recursive structs? Piece of cake!\",",
                "  |         M: map[string]int{\"01\": 1, \"10\": 2, \"11\": 3},",
                "  |         P: nil,",
                "  |         C: nil,",
                "  |     },",
                "  | }",
            ]
        )
    }

    @Test("10,000 strings from a Go program are all answered and all shown")
    func flood() async throws {
        let server = try Tool(Tool.gobtalk, ["--serve", "--listen", "127.0.0.1:0"])
        let host = try await server.host()
        let client = try await Tool.run(GoPeer.path, ["-connect", host, "-flood", "10000"])
        #expect(client.output == "10000 replies\n")
        let rows = await server.end(signal: SIGTERM).output.split(separator: "\n")
        #expect(rows.map { $0.split(separator: ": ").last } == (1...10_000).map { "flood \($0)" })
    }
}

extension Tool {
    /// Where `gobtalk --serve` says that it listens.
    func host() async throws -> String {
        let line = try await errorLine(beginning: "gobtalk: listening on ")
        return line.split(separator: " ")[3].trimmingSuffix(";")
    }
}
