import Gob
import Net
import Shell
import Testing

/// How messages differ, and what is said when a peer's type changes.
@Suite(.timeLimit(.minutes(5))) struct DiffTests {
    @Test(
        "texts are shown where they differ",
        arguments: [
            ("hello world", "hello there", #"data at offset 6: "world" -> "there""#),
            ("abc", "abcd", #"data at offset 3: "" -> "d""#),
            ("axa", "aa", #"data at offset 1: "x" -> """#),
            ("aé", "aè", #"data at offset 1: "é" -> "è""#),
            ("", "\u{1B}[1m", #"data at offset 0: "" -> "\x1b[1m""#),
        ]
    )
    func texts(_ old: String, _ new: String, _ row: String) async throws {
        try await Peer.with { peer in
            for text in [old, new] { try await send(Array(text.utf8), to: peer) }
            #expect(
                await peer.failure(of: "diff 1 last")
                    == Failure(.failed, "messages 1 and 2 differ in 1 place")
            )
            #expect(peer.transcript.rows.last == row)
            #expect(
                try await peer.output(of: "diff 2 2") == "messages 2 and 2 are equal"
            )
        }
    }

    @Test("values differ by path, types before them")
    func values() async throws {
        let rows = try await rows(
            "type T struct { N int; S string; M map[string]int; P []byte; L []int; C *T; Q bool }",
            #"{"N":1,"M":{"one":1,"two":2},"L":[1,2,3],"C":{"S":"x"},"Q":true}"#,
            "type T struct { S string; N string; M map[string]int; P []byte; L []int; C *T; Z int }",
            #"{"N":"1","M":{"one":2,"three":3},"P":"YWJj","L":[1,5],"C":{"S":"y","C":{}},"Z":3}"#
        )
        #expect(
            rows == [
                "type .Q: bool -> absent",
                "type .Z: absent -> int",
                "type, order of fields: N, S -> S, N",
                "type .N: int -> string",
                #".N: 1 -> "1""#,
                #".M["one"]: 1 -> 2"#,
                #".M["two"]: 2 -> absent"#,
                #".M["three"]: absent -> 3"#,
                #".P: absent -> []byte("abc")"#,
                ".L[1]: 2 -> 5",
                ".L[2]: 3 -> absent",
                #".C.S: "x" -> "y""#,
                #".C.C: absent -> T{S: "", N: "", M: nil, P: nil, L: nil, C: nil, Z: 0}"#,
                ".Q: true -> absent",
                ".Z: absent -> 3",
            ]
        )
    }

    @Test("interfaces, floats and long texts")
    func more() async throws {
        let long = String(repeating: "x", count: 100)
        let rows = try await rows(
            "type T struct { A, B any; F, G float64; S string }",
            #"{"A":1,"B":"x","F":"NaN","G":-0.5,"S":"\#(long)a\#(long)"}"#,
            "type T struct { A, B any; F, G float64; S string }",
            #"{"A":"1","B":"y","F":"NaN","G":0.5,"S":"\#(long)b\#(long)"}"#
        )
        #expect(
            rows == [
                #".A: float64(1) -> string("1")"#, #".B: "x" -> "y""#, ".G: -0.5 -> 0.5",
                #".S at offset 100: "a" -> "b""#,
            ]
        )
    }

    @Test("messages of different commands differ in that, equal values of other bytes are equal")
    func commands() async throws {
        try await Peer.with { peer in
            try await peer.run("demo \(peer.host)")
            _ = await peer.failure(of: "diff 1 2")
            let rows = peer.transcript.rows.last?.split(separator: "\n") ?? []
            #expect(rows.count == 2)
            #expect(rows.first == "command: STRING -> GOB")
            #expect(rows.last?.hasPrefix(#"data: "Additional data." -> complexData{"#) == true)
            let shown = try await peer.output(of: "show 2").split(separator: "\n")
            let head = "GOB: complexData, 186 bytes, 88 of them definitions"
            #expect(shown.first?.hasSuffix(head) == true)
            var schema = GobSchema()
            let map = schema.add(.map(key: TypeIndex(.int), value: TypeIndex(.int)))
            for order in [[1, 2, 3, 4], [3, 4, 1, 2]] {
                var encoder = GobStreamEncoder()
                let value = GobValue.map(order.map { .int(Int64($0)) })
                let stream = try encoder.encode(GobDatum(schema: schema, type: map, value: value))
                try await send(stream, as: "GOB", to: peer)
            }
            #expect(
                try await peer.output(of: "diff 3 4")
                    == "messages 3 and 4 are equal in types and values; their bytes are not"
            )
            #expect(
                await peer.failure(of: "diff 9 1")?.description
                    == "there is no message 9: 4 were received"
            )
        }
    }

    @Test("files are compared by their first values, with messages and with one another")
    func files() async throws {
        try await Peer.with { peer in
            try await peer.run("type T struct { N int }")
            try await withFolder { folder in
                for number in [1, 2] {
                    try folder.write("\(number).json", #"{"N": \#(number)} {"N": 9}"#)
                    try await peer.run(
                        "encode \(folder)/\(number).json \(folder)/\(number).gob as T"
                    )
                }
                try folder.write("json", #"{"N": 2}"#)
                try await peer.run("send struct \(peer.host) \(folder)/json as T")
                _ = try await received(1, of: peer)
                let two = "\(folder)/2.gob"
                #expect(
                    try await peer.output(of: "diff \(two) last")
                        == "\(two) and message 1 are equal in types and values"
                )
                #expect(
                    await peer.failure(of: "diff \(folder)/1.gob \(two)")?.description
                        == "\(folder)/1.gob and \(two) differ in 1 place"
                )
                #expect(peer.transcript.rows.last == ".N: 1 -> 2")
                try folder.write("empty", "")
                #expect(
                    await peer.failure(of: "diff 1 \(folder)/empty")?.description
                        == "\(folder)/empty: no value in it"
                )
            }
        }
    }

    @Test("a type of the same name that has changed is told below the message, once")
    func change() async throws {
        try await Peer.with { peer in
            try await withFile(#"{"N": 5}"#) { file in
                let send = "send struct \(peer.host) \(file) as T"
                try await peer.run("type T struct { N int }")
                for _ in 0..<2 { try await peer.run(send) }
                try await peer.run("type T struct { N int8; S string; C *T; D, E bool }")
                for _ in 0..<2 { try await peer.run(send) }
                try await peer.run("type U struct { N int }")
                try await peer.run("send struct \(peer.host) \(file) as U")
            }
            let rows = try await received(5, of: peer)
            let words =
                "another type than in #1: type .S: absent -> string; type .C: absent -> T; "
                + "type .D: absent -> bool; 1 more"
            #expect(rows.map { $0.contains("another type") } == [false, false, true, false, false])
            #expect(rows[2].hasSuffix("\n  | \(words)"))
        }
    }

    /// The rows that `diff` prints of two values of types.
    private func rows(
        _ oldType: String,
        _ old: String,
        _ newType: String,
        _ new: String,
    ) async throws -> [String] {
        try await Peer.with { peer in
            for (type, value) in [(oldType, old), (newType, new)] {
                try await peer.run(type)
                try await withFile(value) { file in
                    try await peer.run("send struct \(peer.host) \(file) as T")
                }
            }
            _ = try await received(2, of: peer)
            _ = await peer.failure(of: "diff 1 2")
            return peer.transcript.rows.last?.split(separator: "\n").map { String($0) } ?? []
        }
    }

    /// The messages that were shown, once there are so many.
    private func received(_ count: Int, of peer: Peer) async throws -> [String] {
        _ = try await peer.transcript.wait { $0.contains("#\(count) ") }
        return peer.transcript.rows.filter { $0.contains(" GOB: ") }
    }
}
