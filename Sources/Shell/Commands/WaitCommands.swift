import Net

extension Command {
    static let wait = Command(
        "wait",
        [
            .optional("COUNT"), .clause("from", .word("HOST", .host)),
            .clause("within", .word("D", .duration)),
        ],
        summary: "wait for a message, or for COUNT of them",
        details: """
            Messages that came before count, too, unless a "wait" or "expect" before
            it took them. HOST stands for its address; the port does not matter. D is
            the setting "timeout" unless told. Where less comes, what did is shown, and
            a script ends with the status 3.
            """,
        example: "wait 3 from localhost within 2s"
    ) { session, arguments in
        let count = try arguments.count("COUNT", of: "messages") ?? 1
        let senders = try await session.senders(arguments)
        let vigil = try await session.vigil(arguments)
        var came: [Arrivals.Arrival] = []
        var seen = 0
        while true {
            let (number, kept) = session.arrivals.take(count - seen, from: senders)
            seen += number
            // Enough to be shown.
            came = (came + kept).suffix(Vigil.rowLimit)
            guard seen < count else { return }
            guard try await vigil.goesOn() else { break }
        }
        let from = arguments[optional: "HOST"].map { " from \($0.harmless)" } ?? ""
        let wanted = "\(counted(count, "message"))\(from)"
        throw session.unmet(wanted, vigil, came, of: seen) { _ in "" }
    }

    static let expect = Command(
        "expect",
        [
            .word("REGEX|.PATH"),
            .optional("OP"), .optional("VALUE"), .clause("from", .word("HOST", .host)),
            .clause("within", .word("D", .duration)),
        ],
        summary: "wait for a certain thing",
        details: """
            Waits for a text, of a STRING or of a reply, in which the regular expression
            REGEX is found, or for a struct whose value at .PATH is so: .C.N == 256,
            .M["one"] < 2, .S ~ ^data. OP is ==, !=, <, <=, >, >= or ~, which takes a
            regular expression. What came before counts, too, unless a "wait" or
            "expect" took it. D is the setting "timeout" unless told. Where it does not
            come, what did is shown, and a script ends with the status 3. Quotes are
            for an expression with spaces; in '…' a backslash needs no other one.
            """,
        example: "expect .C.N == 256 within 2s"
    ) { session, arguments in
        let expectation = try Expectation(arguments)
        let senders = try await session.senders(arguments)
        let vigil = try await session.vigil(arguments)
        var last = 0
        repeat {
            for arrival in session.arrivals.all(after: last) {
                last = arrival.id
                guard senders.include(arrival.peer),
                    expectation.isMet(by: arrival.content, session.cache)
                else { continue }
                return session.arrivals.take(arrival.id)
            }
        } while try await vigil.goesOn()
        let came = session.arrivals.all().filter { senders.include($0.peer) }
        let from = arguments[optional: "HOST"].map { " from \($0.harmless)" } ?? ""
        let wanted = expectation.description + from
        throw session.unmet(wanted, vigil, came, of: came.count) {
            expectation.remark(on: $0.content, session.cache)
        }
    }
}

extension Expectation {
    /// What the arguments of `expect` ask for.
    fileprivate init(_ arguments: Arguments) throws {
        let word = arguments[word: "REGEX|.PATH"]
        guard let sign = arguments[optional: "OP"] else {
            self = try arguments.checking("REGEX|.PATH") { try Expectation(text: word) }
            return
        }
        guard let relation = Relation(rawValue: sign) else {
            let all = Relation.allCases.map(\.rawValue).joined(separator: " ")
            let reason = "\"\(sign.harmless)\" is none of \(all); quote a REGEX with spaces"
            throw arguments.wrong("OP", Failure(.usage, reason))
        }
        let path = try arguments.structPath("REGEX|.PATH", word)
        guard let value = arguments[optional: "VALUE"] else {
            throw Failure(.usage, "VALUE is missing after \"\(relation.rawValue)\"")
        }
        self = try arguments.checking("VALUE") { try Expectation(path, relation, value) }
    }
}

/// A wait for something to come, until a moment.
private struct Vigil {
    /// How many of the things that came are shown.
    static let rowLimit = 10

    let arrivals: Arrivals
    let time: Duration
    let end: ContinuousClock.Instant
    /// Whether anything can come at all.
    let isListening: Bool

    /// Waits until more came; false where the time is over, or nothing can come.
    func goesOn() async throws -> Bool {
        guard isListening, .now < end else { return false }
        await arrivals.wait(until: end)
        try Task.checkCancellation()
        return true
    }
}

extension Session {
    /// The wait that the arguments of a command ask for.
    fileprivate func vigil(_ arguments: Arguments) async throws -> Vigil {
        let time = try arguments.duration("D") ?? settings.timeout
        return Vigil(
            arrivals: arrivals,
            time: time,
            end: .now + time,
            isListening: await !reception.addresses.isEmpty || !proxies.running.isEmpty
        )
    }

    /// Whose messages the arguments of a command ask for.
    fileprivate func senders(_ arguments: Arguments) async throws -> Senders {
        guard let word = arguments[optional: "HOST"] else { return .anybody }
        let plan = try await dialer.plan(for: try peers.host(word))
        let addresses = plan.first + plan.fallback
        // Whoever sends over a unix socket has no name.
        let unnamed = addresses.contains { $0.family == .unix } ? [""] : []
        return .addresses(Set(addresses.map(\.host) + unnamed))
    }

    /// The failure that is thrown where something did not come, with what came instead.
    fileprivate func unmet(
        _ wanted: String,
        _ vigil: Vigil,
        _ came: some Collection<Arrivals.Arrival>,
        of count: Int,
        _ remark: (Arrivals.Arrival) -> String,
    ) -> Failure {
        let came = Array(came.suffix(Vigil.rowLimit))
        let limit = vigil.isListening ? " within \(vigil.time.text)" : ""
        let hint = vigil.isListening ? "" : ", and this peer does not listen (--listen)"
        let number =
            switch count {
            case 0: "nothing came\(hint)"
            case let count where count > came.count: "\(count) came, these last:"
            case let count: "\(count) came:"
            }
        let rows = came.map { Fold.gutter + row($0) + remark($0) }
        return Failure(.unmet, "expected \(wanted)\(limit); \(number)").showing(rows)
    }

    /// What came, in a row.
    private func row(_ arrival: Arrivals.Arrival) -> String {
        switch arrival.content {
        case .message(let message): messageText.summary(message, message.datum(cache))
        case .reply(let text): "\(arrival.peer) replied: \(Harmless.text(text.textPrefix(2_000)))"
        }
    }
}
