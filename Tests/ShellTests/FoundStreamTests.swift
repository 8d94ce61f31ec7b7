import Foundation
import Gob
import Shell
import Testing

/// Gob files as they are found: packed, appended, with repetitions, and without a beginning.
@Suite(.timeLimit(.minutes(5))) struct FoundStreamTests {
    private static let boxes = [
        #"{"Name":"a","At":[{"X":1,"Y":2}],"In":{"@type":"main.Point","@value":{"X":3,"Y":4}}}"#,
        #"{"Name":"b","At":null,"In":{"@type":"main.Point","@value":{"X":5,"Y":6}}}"#,
    ]
    private static let orders = [
        #"{"ID":7,"Lines":{"x":1.5}}"#, #"{"ID":8,"Lines":null}"#,
    ]

    @Test(
        "what a file is packed in is undone, and said",
        arguments: [
            ("plain", nil), ("gzip", "gunzipped"), ("base64", "read as base64 text"),
            ("hex", "read as hexadecimal text"), ("dump", "read as a hex dump"),
        ]
    )
    func packed(_ packing: String, _ words: String?) async throws {
        let file = try await GoStreams.write("box", as: packing)
        try await expect(file, Self.boxes, words)
    }

    @Test(
        "bytes are read from what people and programs make of them",
        arguments: [
            ("0x03, 0x04,\n0x00 0x06\n", "hexadecimal text"), ("03 04 00 06", "hexadecimal text"),
            ("\\x03\\x04\\x00\\x06", "hexadecimal text"), ("AwQABg==", "base64 text"),
            ("AwQ\r\nABg", "base64 text"),
            ("00000000: 0304 0006                  ....\n", "a hex dump"),
            ("00000000  03 04 00 06   |....|\n00000004\n", "a hex dump"),
        ]
    )
    func texts(_ text: String, _ form: String) async throws {
        try await expect(Array(text.utf8), ["3"], "read as \(form)")
    }

    @Test("gzip inside base64, and several files of gzip one after another")
    func nested() async throws {
        let member = try await GoStreams.write("order", as: "gzip")
        let text = Data(member).base64EncodedString(options: .lineLength64Characters)
        try await expect(Array(text.utf8), Self.orders, "read as base64 text; gunzipped")
        let streams = "gunzipped; 2 streams appended"
        try await expect(member + member, Self.orders + Self.orders, streams)
    }

    @Test(
        "gzip of every kind is unpacked to the byte, and to no byte more than is wanted",
        arguments: ["gzip", "stored", "huffman"]
    )
    func kinds(_ packing: String) async throws {
        let whole = try await GoStreams.write("many")
        let packed = try await GoStreams.write("many", as: packing)
        #expect(whole.count > 300_000)
        #expect(try Gzip.unzip(packed, limit: whole.count) == whole)
        #expect(throws: Inflater.Fault.tooLong) { try Gzip.unzip(packed, limit: whole.count - 1) }
        #expect(throws: Inflater.Fault.tooLong) {
            try Gzip.unzip(packed + packed, limit: whole.count)
        }
    }

    @Test("what is packed wrongly, or is too much, is an error that says so")
    func badGzip() async throws {
        let member = try await GoStreams.write("order", as: "gzip")
        var damaged = member
        damaged[member.count - 6] ^= 1
        for (bytes, reason) in [
            (member.dropLast(3), "the gzip file ends too early"),
            (member.prefix(20), "the gzip file ends too early"),
            (damaged[...], "the gzip file is damaged"),
        ] {
            try await Peer.with { peer in
                try await withFolder { folder in
                    try folder.write("gob", bytes)
                    #expect(
                        await peer.failure(of: "decode \(folder)/gob")
                            == Failure(.failed, "\(folder)/gob: \(reason)")
                    )
                }
            }
        }
    }

    @Test("every gzip file cut anywhere, and with any byte changed, is read or refused")
    func hostileGzip() async throws {
        let member = try await GoStreams.write("box", as: "gzip")
        try await Peer.with { peer in
            try await withFolder { folder in
                for index in member.indices {
                    try folder.write("cut", member.prefix(index))
                    var changed = member
                    changed[index] ^= 0x55
                    try folder.write("changed", changed)
                    #expect(await peer.failure(of: "decode \(folder)/cut") != nil || index < 1)
                    _ = await peer.failure(of: "decode \(folder)/changed")
                }
            }
        }
    }

    @Test("the streams of several encoders are one file")
    func appended() async throws {
        let boxes = try await GoStreams.write("box", "box", "box")
        try await expect(
            boxes,
            Self.boxes + Self.boxes + Self.boxes,
            "3 streams appended"
        )
        // Another process gives the same numbers to other types.
        let orders = try await GoStreams.write("order")
        let mixed = try await GoStreams.write("box") + orders + GoStreams.write("texts") + orders
        try await expect(
            mixed,
            Self.boxes + Self.orders + [#""one""#, #""two""#] + Self.orders,
            "3 streams appended"
        )
    }

    @Test("a definition that says again what was said is accepted")
    func repeated() async throws {
        let stream = try await GoStreams.write("box")
        let sizes = frames(stream)
        // All definitions again, and the first of several alone.
        let definitions = Array(stream.prefix(sizes.dropLast(2).reduce(0, +)))
        let values = Array(stream.dropFirst(definitions.count))
        try await expect(
            definitions + definitions + values,
            Self.boxes,
            "\(sizes.count - 2) definitions repeated"
        )
        let first = Array(definitions.prefix(sizes[0]))
        let value = Array(values.suffix(sizes[sizes.count - 1]))
        try await expect(
            stream + first + value,
            Self.boxes + [Self.boxes[1]],
            "1 definition repeated"
        )
    }

    @Test("a file that begins in the middle is read from where it can be")
    func middle() async throws {
        let stream = try await GoStreams.write("box")
        let sizes = frames(stream)
        let values = Array(stream.suffix(sizes.suffix(2).reduce(0, +)))
        let orders = try await GoStreams.write("order")
        let skipped = values.count
        // Whole messages of types that are not known, then a part of one.
        try await expect(
            values + orders,
            Self.orders,
            "begins in the middle: 2 messages of undefined types skipped (offset 0 to \(skipped))"
        )
        for cut in [1, 5, sizes[0] + 3, stream.count - 4] {
            let rest = Array(stream.dropFirst(cut))
            let (rows, remark) = try await decoded(rest + orders)
            #expect(rows.suffix(2) == Self.orders)
            #expect(remark?.hasPrefix("begins in the middle: ") == true)
        }
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("gob", values)
                let failure = await peer.failure(of: "decode \(folder)/gob")
                let start = "\(folder)/gob: type "
                #expect(failure?.description.hasPrefix(start) == true)
                #expect(failure?.description.hasSuffix(" is not defined at byte 0") == true)
            }
        }
    }

    @Test("schema and inspect read the same files, and no byte is left out")
    func others() async throws {
        let boxes = try await GoStreams.write("box")
        let values = Array(boxes.suffix(frames(boxes).suffix(2).reduce(0, +)))
        let file = try await values + boxes + boxes + GoStreams.write("order")
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("gob", file)
                let source = try await peer.output(of: "schema \(folder)/gob")
                #expect(source.contains("\n// values: Box, Order\n"))
                #expect(source.matches(of: /type \w+ struct/).count == 3)
                let text = try await peer.output(of: "inspect \(folder)/gob")
                let rows = text.split(separator: "\n").filter { !$0.hasPrefix("! ") }
                #expect(rows.filter { $0.hasPrefix("= ") }.count == 6)
                #expect(
                    rows[0].contains("\(values.count) bytes that cannot be read: no type is")
                )
                #expect(rows.filter { $0.hasSuffix("  stream 2 begins") }.count == 1)
                let bytes = rows.filter { !$0.hasPrefix("= ") }.flatMap { row in
                    row.dropFirst(8).prefix(23).split(separator: " ").compactMap {
                        UInt8($0, radix: 16)
                    }
                }
                #expect(bytes == file)
            }
        }
    }

    @Test("decode prints a part of each value that has it, and the types before the values")
    func parts() async throws {
        let file = try await GoStreams.write("box", "order")
        try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("gob", file)
                #expect(
                    try await peer.output(of: "decode --path .At \(folder)/gob")
                        == "[{\"X\":1,\"Y\":2}]\nnull"
                )
                #expect(try await peer.output(of: "decode --path .In.Y \(folder)/gob") == "4\n6")
                #expect(
                    try await peer.output(of: #"decode --path .Lines["x"] \#(folder)/gob"#) == "1.5"
                )
                let typed = try await peer.output(of: "decode --schema --path .ID \(folder)/gob")
                #expect(typed.hasPrefix("// values: Box, Order\n"))
                #expect(typed.hasSuffix("\n}\n7\n8"))
                #expect(
                    await peer.failure(of: "decode --path .No \(folder)/gob")
                        == Failure(.failed, "\(folder)/gob: no value in it has .No")
                )
                for (line, reason) in [
                    ("decode --path No x", #""No" is no path, as .C.N or .M["one"]"#),
                    (
                        "decode x --schema",
                        "\"--schema\" is too much: decode [--path PATH] [--schema]"
                    ),
                ] {
                    let failure = await peer.failure(of: line)
                    #expect(failure?.status == .usage)
                    #expect(failure?.description.hasPrefix(reason) == true)
                }
            }
        }
    }

    @Test("the limits of the program hold for files, and are named")
    func limits() async throws {
        let file = try await GoStreams.write("box")
        var limits = Limits()
        limits.maxMessage = 20
        try await expect(file, limits, "the limit of 20 on the message size is exceeded at byte 0")
        // What follows is shorter, and no other beginning.
        let first = frames(file)[0]
        limits.maxMessage = first - 2
        let reason = "the limit of \(first - 2) on the message size is exceeded at byte 0"
        try await expect(file, limits, reason)
        limits = Limits()
        limits.maxDepth = 1
        try await expect(file, limits, "the limit of 1 on the nesting depth is exceeded")
    }

    // MARK: Helpers

    private func expect(_ file: [UInt8], _ limits: Limits, _ reason: String) async throws {
        try await Peer.with(limits: limits) { peer in
            try await withFolder { folder in
                try folder.write("gob", file)
                let option = reason.contains("depth") ? "(--max-depth)" : "(--max-message)"
                for command in ["decode", "schema", "inspect"] {
                    let failure = await peer.failure(of: "\(command) \(folder)/gob")
                    #expect(failure?.description.hasPrefix("\(folder)/gob: \(reason)") == true)
                    #expect(failure?.description.hasSuffix(option) == true)
                }
            }
        }
    }

    private func expect(
        _ file: some Sequence<UInt8>,
        _ rows: [String],
        _ remark: String?,
    ) async throws {
        let decoded = try await decoded(file)
        #expect(decoded.rows == rows)
        #expect(decoded.remark == remark)
    }

    /// What decode prints, and what it says of the file.
    private func decoded(
        _ file: some Sequence<UInt8>
    ) async throws -> (rows: [String], remark: String?) {
        let bytes = Array(file)
        return try await Peer.with { peer in
            try await withFolder { folder in
                try folder.write("gob", bytes)
                try await peer.run("decode \(folder)/gob")
                let rows = peer.transcript.rows
                let start = "! \(folder)/gob: "
                let remark = rows.first { $0.hasPrefix(start) }?.dropFirst(start.count)
                return (rows.filter { !$0.hasPrefix("! ") }, remark.map { String($0) })
            }
        }
    }

    /// The sizes of a stream's messages.
    private func frames(_ stream: [UInt8]) -> [Int] {
        var sizes: [Int] = []
        var rest = stream[...]
        while let size = try? GobFrame.size(Array(rest).span), size <= rest.count {
            sizes.append(size)
            rest = rest.dropFirst(size)
        }
        return sizes
    }
}
