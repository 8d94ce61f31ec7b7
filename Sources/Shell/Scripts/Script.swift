import LineEditing

extension Session {
    /// How many scripts may be inside one another.
    private static let depthLimit = 100

    /// Runs the commands of a script, one a line, as its lines come.
    ///
    /// The first that fails ends it, unless the session keeps going. Each failure is told, with its
    /// place.
    ///
    /// - Throws: ``Failure`` with the status of the first that failed, or of a script that cannot be
    ///   read.
    package func runScript(_ source: ScriptSource) async throws {
        do {
            try enter(source)
            defer { leaveScript() }
            try await source.read { input in
                try await pipelined { try await self.runLines(of: input, source.name) }
            }
        } catch {
            throw Failure(error)
        }
    }

    private func runLines(of input: PlainReader, _ name: String) async throws {
        // Room for a command around the longest text.
        let limit = max(PlainReader.defaultLimit, limits.maxLine + 4_096)
        var reader = ScriptReader(input, limit: limit)
        var status: ExitStatus?
        var isAtEnd = false
        while !isAtEnd, !hasEnded {
            var place: ScriptPlace?
            do {
                if let line = try await nextLine(&reader, of: name) {
                    place = ScriptPlace(name: name, line: line)
                    self.place = place
                    try await take(line.bytes)
                } else {
                    isAtEnd = true
                    try await settle()
                }
            } catch {
                let failure = Failure(error)
                tell(failure, at: place, or: "\(name.harmless): ")
                status = status ?? failure.status
                // What cannot be read has no next line.
                if !keepsGoing || place == nil || Task.isCancelled { isAtEnd = true }
            }
        }
        if let status { throw Failure.told(status) }
    }

    private func nextLine(
        _ reader: inout ScriptReader,
        of name: String,
    ) async throws -> ScriptLine? {
        do {
            return try await reader.next(isRaw: peers.chat != nil, of: name)
        } catch {
            // What was sent is answered all the same.
            try await settle()
            throw error
        }
    }

    /// Takes note that a script begins.
    ///
    /// - Throws: ``Failure`` where it is running already, which would never end.
    private func enter(_ source: ScriptSource) throws {
        let identity = source.identity
        let running = scripts
        if let identity, let first = running.firstIndex(where: { $0.identity == identity }) {
            let path = (running[first...].map(\.source.name) + [source.name])
                .joined(separator: " → ").harmless
            throw Failure(.failed, "\"\(source.name.harmless)\" would run itself: \(path)")
        }
        guard running.count < Self.depthLimit else {
            let reason = "more than \(Self.depthLimit) scripts are inside one another"
            throw Failure(.failed, "cannot run \"\(source.name.harmless)\": \(reason)")
        }
        enterScript(RunningScript(source: source, identity: identity, placeOutside: place))
    }

    // MARK: Sending without waiting

    /// Does something during which what is sent to the peer in use need not be answered before the
    /// next command is sent; at the end everything is.
    ///
    /// Where a failed command does not end it, each waits, so that one that fails concerns no other.
    func pipelined(_ body: () async throws -> Void) async throws {
        guard !keepsGoing, pipeline == nil else { return try await body() }
        let pipeline = Pipeline()
        self.pipeline = pipeline
        defer { self.pipeline = nil }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await pipeline.run(in: self) }
            defer { pipeline.finish() }
            try await body()
            try await pipeline.settle()
        }
    }

    /// Waits until everything that was sent is answered.
    ///
    /// - Throws: ``Failure`` of the first that was not.
    func settle() async throws {
        try await pipeline?.settle()
    }

    /// What a command for a peer is put into instead of being answered at once, where that can be, and
    /// the place from which it comes.
    func pipeline(to word: String) -> (Pipeline, Link, ScriptPlace?)? {
        guard word == ".", let pipeline, let link = peers.joined else { return nil }
        return (pipeline, link, place)
    }
}

/// A script that is running.
struct RunningScript {
    let source: ScriptSource
    let identity: ScriptSource.Identity?
    /// The line that runs it, if it is one of another script.
    let placeOutside: ScriptPlace?
}
