import Gob

extension Command {
    static let inspect = Command(
        "inspect",
        [.optional("FILE.gob|N", .fileOrMessage), .clause("bytes", .text("BYTES"))],
        summary: "explain every byte of a message, a file or bytes",
        details: """
            Of a file, of a message received, whose number N is, or the word last, the
            latest one, or of BYTES: hex:0704…, or a string as Go writes it,
            "\\x07\\x04…"; where none is given, of the latest message. Each row has an
            offset, bytes in hexadecimal and as text, and what they mean: "+1 N" is
            the next field of a struct, N. After a value stands what "decode" prints of
            it. Where a stream breaks, it is explained up to there, with what was
            expected.
            """,
        example: "inspect last"
    ) { session, arguments in
        let inspected = try session.inspected(arguments)
        let text = InspectionText(style: session.output.style)
        guard inspected.isGob else {
            let rows = text.rows(inspected.bytes, inspected.bytes.indices, inspected.name)
            return await session.output.longResult(rows.joined(separator: "\n"))
        }
        try await session.inspect(inspected, text)
    }
}

/// Bytes to be explained.
private struct Inspected {
    /// What they are called where they are wrong.
    let name: String
    let bytes: [UInt8]
    /// Whether they are a gob stream, or should be.
    var isGob = true
    /// How a file was packed, whose streams may be several; `nil` where it is no file.
    var packing: [String]?
}

extension Session {
    /// How much text is kept for a pager, in bytes; of more, each part is printed as soon as it is there.
    private static let pageLimit = 4 << 20

    fileprivate func inspected(_ arguments: Arguments) throws -> Inspected {
        let word = arguments[optional: "FILE.gob|N"]
        if let bytes = arguments[optionalText: "BYTES"] {
            guard word == nil else {
                let reason = "inspect takes a file, the number of a message, or bytes"
                throw Failure(.usage, "\(reason), as in: inspect last")
            }
            let bytes = try arguments.checking("BYTES") { try RawBytes(typed: bytes, home: home) }
            return Inspected(name: "the bytes", bytes: bytes.bytes)
        }
        let source = word ?? String.lastMessage
        guard !source.isMessageNumber else {
            return inspected(try arguments.checking("FILE.gob|N") { try message(source) })
        }
        let found = try FoundBytes(source)
        return Inspected(name: source, bytes: found.bytes, packing: found.packing)
    }

    private func inspected(_ message: Message) -> Inspected {
        switch message.content {
        case .gob(let stream): Inspected(name: "message \(message.number)", bytes: stream)
        case .text(let bytes), .bytes(let bytes):
            Inspected(name: "data of \(message.command.shown)", bytes: bytes, isGob: false)
        }
    }

    fileprivate func inspect(_ inspected: Inspected, _ text: InspectionText) async throws {
        var inspector =
            inspected.packing == nil
            ? GobInspector(limits: limits.gob) : GobInspector(foundWithin: limits.gob)
        var position = 0
        var rows: [String] = []
        var size = 0
        var isShort = true
        var error: GobError?
        while let part = inspector.next(in: inspected.bytes, at: &position) {
            try Task.checkCancellation()
            let found = text.rows(part, of: inspected.bytes)
            rows += found
            size += found.reduce(0) { $0 + $1.utf8.count }
            error = part.error
            guard size > Self.pageLimit else { continue }
            await output.result(rows.joined(separator: "\n"))
            (rows, size, isShort) = ([], 0, false)
        }
        if !rows.isEmpty {
            let rest = rows.joined(separator: "\n")
            if isShort { await output.longResult(rest) } else { await output.result(rest) }
        }
        let sightings = inspector.sightings
        if let remark = sightings.remark(on: inspected.name, packing: inspected.packing ?? []) {
            output.notice(remark)
        }
        if let error {
            throw Failure(.failed, "\(inspected.name.harmless): \(Limits.words(for: error))")
        }
        if inspected.bytes.isEmpty { await output.result("no byte") }
    }
}
