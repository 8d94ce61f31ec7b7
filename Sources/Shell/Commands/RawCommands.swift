extension Command {
    static let sendRaw = Command(
        "send raw",
        [.word("HOST", .host), .words("BYTES", .bytes)] + rawClauses,
        summary: "send exactly these bytes, show what comes back",
        details: """
            BYTES are literals, "…" with Go's escapes or '…' without any, hex:48656c
            or hex:48 65 6c, @FILE, or gob:TYPE@FILE.json, which is a gob stream of the
            value that "send struct" would send; one behind the other:
                send raw localhost "ORDER\\n" gob:Order@order.json
            They are sent at once, and nothing is added. What comes back is shown as it
            comes: lines as text, values of a gob as messages with a number, which
            "show", "schema" and the like take, all else as "inspect" shows bytes,
            until the peer closes the connection or has said nothing for D, 1s unless
            told. With eof this side's stream ends behind BYTES, and D is the setting
            "timeout" unless told. Given as arguments of the program, BYTES need no
            quotes but the shell's, and take Go's escapes:
                gobtalk send raw localhost 'STRING\\nhello\\n'
            """,
        example: #"send raw localhost "STRING\nhello\n" within 2s"#
    ) { session, arguments in
        let pieces = try RawPieces(joining: arguments[words: "BYTES"], from: session.rawSource)
        try await session.sendRaw(
            pieces,
            to: arguments[word: "HOST"],
            try RawManner(arguments, timeout: session.settings.timeout)
        )
    }

    static let sendBytes = Command(
        "send bytes",
        [
            .word("HOST", .host),
            .words("PIECE", .bytes, between: .clause("pause", .word("D", .duration))),
            .clause("split", .word("N", .number)), .clause("every", .word("T", .duration)),
        ] + rawClauses,
        summary: "send bytes in pieces, show what comes back",
        details: """
            As "send raw" does, but each PIECE is a write of its own, after a pause
            where one is given. With split each is cut into pieces of N bytes; with
            every a pause of T is wherever none is given. So "split 1 every 10ms" sends
            byte by byte. Ctrl-C ends it.
            """,
        example: #"send bytes localhost "STR" pause 500ms "ING\nhel" pause 1s "lo\n""#
    ) { session, arguments in
        var pieces = try RawPieces(arguments[words: "PIECE"], from: session.rawSource)
        if let size = try arguments.count("N", of: "bytes") { pieces = pieces.split(size) }
        if let pause = try arguments.duration("T") { pieces = pieces.every(pause) }
        try await session.sendRaw(
            pieces,
            to: arguments[word: "HOST"],
            try RawManner(arguments, timeout: session.settings.timeout)
        )
    }

    /// How both of them go on behind their bytes.
    private static let rawClauses: [Parameter] = [
        .clause("within", .word("D", .duration)), .flag("eof"),
    ]
}
