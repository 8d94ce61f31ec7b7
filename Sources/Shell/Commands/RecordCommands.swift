import Net

extension Command {
    static let record = Command(
        "record",
        [.optional("FILE|off", .file)],
        summary: "record the bytes of all connections, or end that",
        details: """
            Both directions of every connection go to FILE, which is replaced, exactly
            as they are, with their times: JSON Lines, each written at once. Without
            FILE it says what was recorded so far. "replay" sends it again.
            """,
        example: "record session.jsonl"
    ) { session, arguments in
        switch arguments[optional: "FILE|off"] {
        case nil:
            let text = session.recorder.total.map { "recording: \($0.text)" }
            await session.output.result(text ?? "nothing is recorded")
        case "off":
            guard let total = session.recorder.stop() else {
                throw Failure(.failed, "nothing is recorded: \"record FILE\" begins it")
            }
            await session.output.result("recorded \(total.text)")
        case let path?:
            try session.record(to: path)
            await session.output.result("recording to \(path.harmless)")
        }
    }

    static let replay = Command(
        "replay",
        [.word("FILE", .file), .clause("to", .word("HOST", .host)), .flag("fast")],
        summary: "send again what a recording has",
        details: """
            What went from the side that made a connection goes over one again, at the
            times of the recording, or with fast as soon as what had come before has
            come again: to HOST, or to where it went. How the answers differ from
            those of the recording is said, and fails the command then. A recording
            that is cut is replayed up to there.
            """,
        example: "replay session.jsonl to localhost fast"
    ) { session, arguments in
        let path = arguments[word: "FILE"]
        let recording = try Recording(path)
        if let line = recording.cutLine {
            let place = "\(path.harmless):\(line): the recording is cut here"
            await session.output.result("\(place); what comes before it is replayed")
        }
        let host = try arguments[optional: "HOST"].map { try session.peers.host($0) }
        let replay = Replay(
            recording: recording,
            dialer: session.dialer,
            host: host,
            isFast: arguments[flag: "fast"],
            timeout: session.settings.timeout
        )
        let outcome = try await replay.run()
        for row in outcome.rows { await session.output.result(row) }
        guard outcome.rows.isEmpty else { throw Failure(.failed, outcome.summary) }
        await session.output.result(outcome.summary)
    }
}

extension Command {
    static let script = Command(
        "script",
        [.word("FILE", .file), .word("OUT", .file), .clause("to", .word("HOST", .host))],
        summary: "turn a recording into a script of commands",
        details: """
            The commands of the sides that made the connections, in order, each as a
            "send" to HOST, or to where it went. The structs of GOBs are beside OUT, as
            OUT-1.json, and so are their types, as OUT-1.go. What is neither STRING
            nor GOB, or not whole, goes as its bytes, with "send raw"; many of them are
            in OUT-1.bin.
            """,
        example: "script session.jsonl session.txt"
    ) { session, arguments in
        let path = arguments[word: "OUT"]
        guard path != "-" else {
            let reason = "it has files beside it"
            throw Failure(.usage, "a script is not written to standard output: \(reason)")
        }
        guard path != arguments[word: "FILE"] else {
            throw Failure(.usage, "the script would replace the recording that it is made of")
        }
        let recording = try Recording(arguments[word: "FILE"])
        let host = try arguments[optional: "HOST"].map { "\(try session.peers.host($0))" }
        var script = RecordingScript(path: path, host: host, cache: session.cache)
        try script.write(recording)
        await session.output.result(script.summary)
    }
}

extension RecordingFile.Total {
    fileprivate var text: String {
        "\(counted(lines, "line")), \(size) bytes, to \(path.harmless)"
    }
}

extension Session {
    /// Records from now on; where that fails later, it is said, and the session goes on.
    ///
    /// - Throws: ``Failure`` where the file cannot be written.
    func record(to path: String) throws {
        guard path != "-" else {
            throw Failure(.usage, "a recording is not written to standard output")
        }
        try recorder.start(
            path,
            handler: handlers.known,
            onFailure: output.diagnostic
        )
    }
}
