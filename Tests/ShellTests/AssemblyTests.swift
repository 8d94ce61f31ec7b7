import Gob
import Testing

@testable import Shell

/// What a proxy makes of the bytes of a conversation.
@Suite(.timeLimit(.minutes(5))) struct AssemblyTests {
    /// What one side says before the other one speaks.
    struct Turn: Sendable {
        let speaker: Annotator.Speaker
        let bytes: [UInt8]

        static func client(_ text: String, _ bytes: [UInt8] = []) -> Turn {
            Turn(speaker: .client, bytes: Array(text.utf8) + bytes)
        }

        static func server(_ text: String, _ bytes: [UInt8] = []) -> Turn {
            Turn(speaker: .server, bytes: Array(text.utf8) + bytes)
        }
    }

    /// The article's struct, and one whose message is as long as the line end's code says, on one stream.
    private static let (first, second): ([UInt8], [UInt8]) = {
        var encoder = GobStreamEncoder()
        let values: [GobValue] = [.zero, .string("Hello"), .zero, .zero, .zero]
        let short = GobDatum(
            schema: Article.datum.schema,
            type: Article.datum.type,
            value: .structure(values)
        )
        do {
            return (try encoder.encode(Article.datum), try encoder.encode(short))
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    private static let three: [UInt8] = [0x03, 0x04, 0x00, 0x06]
    private static let long = String(repeating: "0123456789abcde\n", count: 5_000)

    /// Commands that are known besides those of the article.
    private static let handlers = [
        Handler(name: "PING", form: .nothing, answer: .bytes([], word: "@pong")),
        Handler(name: "TIME", form: .nothing, answer: .line([])),
    ]

    @Sendable
    private static func handler(_ name: String) -> Handler? {
        Handler.standard(named: name) ?? handlers.first { $0.name == name }
    }

    private static func assembly() -> Assembly {
        var limits = Limits()
        limits.maxLine = 20
        return Assembly(limits, GobTypeCache())
    }

    private static func take(_ turn: Turn, _ assembly: inout Assembly) -> [Shell.Heard] {
        assembly.take(turn.bytes, from: turn.speaker, room: 1 << 20, handler: handler)
    }

    private static func heard(_ turns: [Turn]) -> [String] {
        var assembly = assembly()
        let heard = turns.flatMap { take($0, &assembly) }
        return (heard + assembly.end()).map(row)
    }

    /// What was heard, in a row: `< reply GET complexData 186`.
    private static func row(_ heard: Shell.Heard) -> String {
        let received = heard.received
        let sign = heard.speaker == .client ? ">" : "<"
        let head = "\(sign) \(heard.role) \(received.command)"
        switch received.content {
        case .text(let bytes): return "\(head) \(String(decoding: bytes, as: UTF8.self))"
        case .bytes(let bytes):
            guard bytes.count <= 50 else { return "\(head) \(bytes.count) bytes" }
            return "\(head) \(Harmless.quoted(bytes))"
        case .gob(let stream):
            let datum = received.content.datum(GobTypeCache())
            let name = datum.map { $0.schema.shownName(of: $0.type) } ?? "broken"
            return "\(head) \(name) \(stream.count)"
        }
    }

    private static let conversations: [([Turn], [String])] = [
        (
            [.client("GET\n"), .server("", first)],
            [#"> bytes GET "GET\n""#, "< reply GET complexData 186"]
        ),
        // The types of the second one came with the first.
        (
            [
                .client("GET\n"), .server("", first), .client("GET\n"), .server("", second),
                .server("\n", second), .server("bye\n"),
            ],
            [
                #"> bytes GET "GET\n""#, "< reply GET complexData 186", #"> bytes GET "GET\n""#,
                "< reply GET complexData 99", #"< bytes GET "\n""#,
                "< reply GET complexData 99", #"< bytes GET "bye\n""#,
            ]
        ),
        (
            [.client("GET x\n"), .server("OK\r\n", first + first + three), .server("done")],
            [
                #"> bytes GET x "GET x\n""#, #"< bytes GET x "OK\r\n""#,
                "< reply GET x complexData 186", "< reply GET x complexData 186",
                "< reply GET x int 4", #"< bytes GET x "done""#,
            ]
        ),
        ([.server("", first)], ["< bytes  complexData 186"]),
        // Behind what is neither text nor a value nothing is told apart until the other side speaks.
        (
            [.server("", [0xF0] + three), .client("x"), .server("", three)],
            [#"< bytes  "\xf0\x03\x04\x00\x06""#, "< bytes  int 4", #"> bytes  "x""#]
        ),
        (
            [.server("", [0x03, 0x03, 0x00, 0x00] + three)],
            [#"< bytes  "\x03\x03\x00\x00\x03\x04\x00\x06""#]
        ),
        (
            [.server("", Array(first.prefix(180)))],
            ["< bytes  180 bytes"]
        ),
        (
            [.client("PUT\n", first), .server("OK\n"), .client("more")],
            [
                #"> bytes PUT "PUT\n""#, "> bytes PUT complexData 186", #"< bytes PUT "OK\n""#,
                #"> bytes PUT "more""#,
            ]
        ),
        (
            [
                .client("GOB\n", first), .client("STRING\nhello\nSTRING\nyou\n"),
                .server("a\r\nb\n"),
            ],
            [
                "> command GOB complexData 186", "> command STRING hello", "> command STRING you",
                "< reply STRING a", "< reply STRING b",
            ]
        ),
        (
            [.client("PING\nPING\nTIME\n"), .server("pong\n", first), .server("now\nthen\n")],
            [
                "> command PING \"\"", "> command PING \"\"", "> command TIME \"\"",
                #"< bytes PING "pong\n""#, "< reply PING complexData 186", "< reply TIME now",
                #"< bytes TIME "then\n""#,
            ]
        ),
        (
            [
                .client("STRING\n" + String(repeating: "x", count: 300) + "\nSTRING\nyou\n"),
                .server("0123456789012345678901234567890123456789\nThank you.\n"),
            ],
            [
                "> bytes STRING 308 bytes", "> command STRING you",
                #"< bytes STRING "0123456789012345678901234567890123456789\n""#,
                "< reply STRING Thank you.",
            ]
        ),
        (
            [.client("GOB\n", [0xF0, 0x01] + three)],
            [#"> bytes GOB "GOB\n\xf0\x01\x03\x04\x00\x06""#]
        ),
    ]

    @Test("a conversation makes the same messages wherever it is cut", arguments: conversations)
    func cuts(_ turns: [Turn], _ rows: [String]) {
        #expect(Self.heard(turns) == rows)
        for (index, turn) in turns.enumerated() {
            for cut in turn.bytes.indices.dropFirst() {
                let parts = [turn.bytes[..<cut], turn.bytes[cut...]]
                var pieces = turns
                pieces.replaceSubrange(
                    index...index,
                    with: parts.map { Turn(speaker: turn.speaker, bytes: Array($0)) }
                )
                #expect(Self.heard(pieces) == rows, "turn \(index), cut at \(cut)")
            }
        }
        let bytes = turns.flatMap { turn in
            turn.bytes.map { Turn(speaker: turn.speaker, bytes: [$0]) }
        }
        #expect(Self.heard(bytes) == rows)
    }

    @Test("a stream of Go that is garbled makes the same messages in pieces of any size")
    func garbled() throws {
        var count = 0
        for vector in try GoVector.all() where vector.bytes.count < 300 {
            for place in stride(from: count % 7, to: vector.bytes.count, by: 7) {
                var bytes = vector.bytes
                bytes[place] ^= count.isMultiple(of: 2) ? 0x55 : 0x01
                count += 1
                let turns = [
                    Turn.client("GOB\n", bytes), .client("STRING\nx\n"), .server("Thank you.\n"),
                    .client("ORDER\n", bytes), .server("", bytes + vector.bytes),
                ]
                let parts = turns.flatMap { turn in
                    turn.bytes.map { Turn(speaker: turn.speaker, bytes: [$0]) }
                }
                #expect(Self.heard(parts) == Self.heard(turns), "\(vector.name), \(place)")
            }
        }
        #expect(count > 1_000)
    }

    @Test("what goes on and on is cut at 64 KiB", arguments: [1, 1_000, 65_536, 80_000])
    func long(size: Int) {
        let text = Array(Self.long.utf8)
        let letters: [UInt8] = Array(repeating: 0x41, count: text.count)
        let others: [UInt8] = [0xF0] + text.dropLast()
        for bytes in [text, letters, others] {
            let turns = bytes.pieces(of: size).map { Turn(speaker: .server, bytes: $0) }
            #expect(Self.heard(turns) == ["< bytes  65536 bytes", "< bytes  14464 bytes"])
        }
    }

    @Test("in a pause there are the bytes, but not the beginning of a value")
    func pauses() {
        var assembly = Self.assembly()
        #expect(!assembly.isWaiting)
        #expect(Self.take(.server("hel"), &assembly).isEmpty)
        #expect(assembly.isWaiting)
        #expect(assembly.pause().map(Self.row) == [#"< bytes  "hel""#])
        let start = Array(Self.first.prefix(150))
        #expect(Self.take(.server("OK\n", start), &assembly).isEmpty)
        #expect(assembly.pause().map(Self.row) == [#"< bytes  "OK\n""#])
        #expect(!assembly.isWaiting)
        #expect(assembly.size == 150)
        let command = Self.take(.client("STRING\nx\n"), &assembly)
        #expect(command.map(Self.row) == ["> command STRING x"])
        let rest = Turn(speaker: .server, bytes: Self.first.dropFirst(150) + Array("y\n".utf8))
        let rows = ["< bytes  complexData 186", "< reply STRING y"]
        #expect(Self.take(rest, &assembly).map(Self.row) == rows)
        #expect(assembly.size == 0)
    }

    @Test("a value that is longer than there is room for passes as bytes")
    func room() {
        var assembly = Self.assembly()
        var heard: [Shell.Heard] = []
        for byte in Self.first {
            heard += assembly.take([byte], from: .server, room: 100, handler: Self.handler)
        }
        #expect((heard + assembly.end()).map(Self.row) == ["< bytes  186 bytes"])
    }
}
