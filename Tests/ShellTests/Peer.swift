import LineEditing
import Net
import Shell
import Synchronization
import Testing

/// A session without a terminal or a process, on a port that the system chooses.
struct Peer {
    let session: Session
    let transcript: Transcript
    /// How other peers reach it.
    let host: String

    /// Runs something with a peer that listens.
    static func with<Result: Sendable>(
        quiet: Bool = false,
        timeout: Duration = .seconds(60),
        limits: Limits = Limits(),
        interactive: Bool = false,
        columns: Int? = nil,
        colored: Bool = false,
        pager: Output.Pager? = nil,
        _ body: @escaping @Sendable (Peer) async throws -> Result,
    ) async throws -> Result {
        CursorLayout.measureUTF8()
        let transcript = Transcript()
        let surface = Output.Surface(columns: { columns }, isColored: { colored })
        let output = Output(
            result: { transcript.add($0) },
            diagnostic: { transcript.add("! " + $0) },
            pager: pager,
            surface: surface,
            diagnosticSurface: surface
        )
        var settings = Settings()
        settings.timeout = timeout
        settings.isQuiet = quiet
        let live = LiveSettings(settings)
        let recorder = Recorder()
        let tracer = Tracer()
        let network = Network(tracedOn: output, live, recorder: recorder, tracer: tracer)
        let session = Session(
            output: output,
            network: network,
            settings: live,
            limits: limits,
            recorder: recorder,
            tracer: tracer,
            isInteractive: interactive
        )
        try await session.reception.open(.address(.tcp(host: "127.0.0.1", port: 0)))
        let addresses = await session.reception.addresses
        let address = try #require(addresses.first)
        let peer = Peer(session: session, transcript: transcript, host: "\(address)")
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                await session.reception.run()
                return nil
            }
            group.addTask {
                await session.proxies.run()
                return nil
            }
            group.addTask {
                await session.peers.run()
                return nil
            }
            group.addTask { try await body(peer) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// Runs a command as if it were typed.
    func run(_ line: String) async throws {
        try await session.run(Words(line: Array(line.utf8)))
    }

    /// Runs a command, and returns what it printed.
    func output(of line: String) async throws -> String {
        let before = transcript.rows.count
        try await run(line)
        return transcript.rows.dropFirst(before).joined(separator: "\n")
    }

    /// Runs a command that fails.
    func failure(of line: String) async -> Failure? {
        do {
            try await run(line)
            return nil
        } catch {
            return error as? Failure
        }
    }
}

/// What was printed, a text each; diagnostics begin with `! `.
final class Transcript: Sendable {
    private let texts = Mutex<[String]>([])

    var rows: [String] { texts.withLock { $0 } }

    /// Takes a text; messages that are printed together are one each.
    func add(_ text: String) {
        var parts: [[Substring]] = [[]]
        for row in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isMessage = row.starts(with: #/\d\d:\d\d:\d\d \#\d+ /#)
            if isMessage, !parts[parts.count - 1].isEmpty { parts.append([]) }
            parts[parts.count - 1].append(row)
        }
        let added = parts.map { $0.joined(separator: "\n") }
        texts.withLock { $0 += added }
    }

    /// Looks again and again until so many texts were printed, for 30 seconds at most.
    func wait(for count: Int) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(30)
        while rows.count < count {
            guard .now < deadline else { throw Missing(count: count, rows: rows) }
            try await Task.sleep(for: .milliseconds(2))
        }
        return rows
    }

    /// Looks again and again until there is such a text, for 30 seconds at most.
    func wait(for isRight: (String) -> Bool) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            if let found = rows.first(where: isRight) { return found }
            guard .now < deadline else { throw Missing(count: 1, rows: rows) }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private struct Missing: Error, CustomStringConvertible {
        let count: Int
        let rows: [String]

        var description: String { "not \(count) texts within 30 s, but \(rows)" }
    }
}
