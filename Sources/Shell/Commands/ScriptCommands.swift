extension Command {
    static let sleep = Command(
        "sleep",
        [.word("D", .duration)],
        summary: "wait for a time",
        details: "Peers are answered meanwhile. Ctrl-C ends it.",
        example: "sleep 1.5s"
    ) { _, arguments in
        if let duration = try arguments.duration("D") { try await Task.sleep(for: duration) }
    }

    static let echo = Command(
        "echo",
        [.optionalText("TEXT")],
        summary: "print a text",
        example: "echo --- the second part"
    ) { session, arguments in
        await session.output.result(Harmless.text(arguments[optionalText: "TEXT"] ?? []))
    }

    static let source = Command(
        "source",
        [.word("FILE", .file)],
        summary: "run the commands of a file, one a line",
        details: """
            The first that fails ends it, and is named with FILE:LINE: before it. A "\\"
            at the end of a line joins the next one to it.
            """,
        example: "source commands.txt"
    ) { session, arguments in
        try await session.runScript(.file(arguments[word: "FILE"]))
    }

    static let `repeat` = Command(
        "repeat",
        [
            .word("N"), .clause("every", .word("D", .duration)),
            .text("COMMAND", .command),
        ],
        summary: "run a command N times",
        details: """
            One after the other, or one every D, counted from the beginning of the one
            before. The first that fails ends it. Over a connection that "connect" made
            a text is sent before the one before it is answered, unless D is given.
            """,
        example: "repeat 10 every 1s send string localhost hello",
        isPipelined: true
    ) { session, arguments in
        let count = try arguments.count("N", of: "times") ?? 1
        let period = try arguments.duration("D")
        let words = arguments[command: "COMMAND"]
        guard let command = try session.commands.prepare(words, home: session.home) else { return }
        guard let period else {
            return try await session.pipelined {
                for index in 0..<count where !session.hasEnded {
                    try await command.run(in: session, timeNumber: index + 1, of: count)
                }
            }
        }
        var next = ContinuousClock.now
        for index in 0..<count where !session.hasEnded {
            try await Task.sleep(until: next)
            try await command.run(in: session, timeNumber: index + 1, of: count)
            try await session.settle()
            next = max(next + period, .now)
        }
    }
}

extension PreparedCommand {
    /// Runs it for one time of several, of which a failure tells.
    fileprivate func run(in session: Session, timeNumber number: Int, of count: Int) async throws {
        do {
            try Task.checkCancellation()
            try await run(in: session)
        } catch let failure as Failure where !failure.isTold && count > 1 && failure.place == nil {
            throw failure.adding(" (time \(number) of \(count))")
        }
    }
}
