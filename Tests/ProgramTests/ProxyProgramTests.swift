import Foundation
import GobJSON
import Net
import Testing

/// The built program as a proxy between two programs in Go that know nothing of it.
@Suite(.timeLimit(.minutes(10))) struct ProxyProgramTests {
    /// How many conversations are led: with GOBTALK_CONVERSATIONS=10000 as many as that.
    private static let count =
        ProcessInfo.processInfo.environment["GOBTALK_CONVERSATIONS"].flatMap { Int($0) } ?? 500
    /// How large some of the messages are.
    private static let size = count > 500 ? 8_000_000 : 300_000

    @Test("many mixed conversations are the same on both sides, and shown and recorded whole")
    func identity() async throws {
        try await withFolder { folder in try await checkIdentity(folder) }
    }

    private func checkIdentity(_ folder: URL) async throws {
        let sides = try Tool(
            try await GoProxy.path,
            ["-n", "\(Self.count)", "-big", "\(Self.size)"]
        )
        let host = try await sides.line()
        let paths = ["events", "recording"].map { folder.appending(component: $0).path }
        let script = "exec \"$0\" --json --record \"$2\" proxy 127.0.0.1:0 \"$3\" >\"$1\""
        let proxy = try Tool("sh", ["-c", script, Tool.gobtalk] + paths + [host])
        let first = try await poll("where it listens") {
            let text = (try? String(contentsOfFile: paths[0], encoding: .utf8)) ?? ""
            return (text.hasSuffix("\n") ? text : nil, text)
        }
        guard let value = try EventLines.parse(first).first?["addresses"],
            case .array(let addresses) = value, let address = addresses.first?.string
        else { throw Missing(description: "no address in \(first)") }
        let checked = await sides.end(input: "\(address)\n\(paths.joined(separator: " "))\n")
        #expect(checked.errors == "")
        #expect(checked.status == 0)
        #expect(checked.output.split(separator: "\n").count == 5)
        print(checked.output)

        let outcome = await proxy.end(signal: SIGTERM)
        #expect(outcome.status == 128 + SIGTERM)
        // Two of ten are broken off, and that is all there is to say.
        let rows = outcome.errors.split(separator: "\n")
        #expect(rows.count == Self.count / 5)
        #expect(rows.allSatisfy { $0.contains(" broke off: the connection is lost: ") })
        // To hold every line against its schema would take longer than all the rest.
        for (path, name) in zip(paths, ["events.schema", "recording.schema"]) {
            let schema = try JSONSchema(name)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            for line in lines.prefix(100) { try schema.validate(String(line)) }
        }
    }

    @Test(
        "what was carried is recorded when the program is ended the next moment",
        arguments: [1, 5_000]
    )
    func endedAtOnce(_ count: Int) async throws {
        try await withFolder { folder in
            let server = try Tool(try await GoPeer.path, ["-listen", "127.0.0.1:0"])
            let host = try await server.line()
            let path = folder.appending(component: "recording").path
            let tool = try Tool(
                Tool.gobtalk,
                ["--json", "--record", path, "proxy", "127.0.0.1:0", host]
            )
            let row = try await tool.line(containing: "\"proxying\"")
            let port = try #require(row.firstMatch(of: /127\.0\.0\.1:(\d+)"\]/)?.1)
            try await Dialer(on: Network()).withConn(HostPort("127.0.0.1:\(port)")) { conn in
                conn.setDeadline(.now + .seconds(60))
                for number in 0..<count {
                    try await conn.write("STRING\nmessage \(number)\n")
                    _ = try await conn.readLine(limit: 100)
                }
            }
            #expect(await tool.end(signal: SIGINT).status == 128 + SIGINT)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            let said = lines.count { $0.contains(#""text":"STRING\nmessage "#) }
            #expect(said == count)
            #expect(lines.last?.contains("\"closed\"") == true)
            _ = await server.end(signal: SIGTERM)
        }
    }

    @Test("a flood that outruns a screen that stands still is carried and recorded all the same")
    func flood() async throws {
        try await withFolder { folder in try await checkFlood(folder, count: 20_000) }
    }

    private func checkFlood(_ folder: URL, count: Int) async throws {
        let server = try Tool(try await GoPeer.path, ["-listen", "127.0.0.1:0"])
        let host = try await server.line()
        // What the proxy prints is not read, but for its first row, until it is told to.
        let script = """
            mkfifo "$2"; exec 5<>"$2"
            "$0" --record "$1" proxy 127.0.0.1:0 "$4" >"$2" 5>&- & proxy=$!
            IFS= read -r row <&5; echo "$row $proxy"; read -r _
            cat <&5 >"$3" 5<&- & reader=$!
            read -r _; kill $proxy; wait $proxy; kill $reader
            """
        let paths = ["recording", "pipe", "shown"].map {
            folder.appending(component: $0).path
        }
        let proxy = try Tool("sh", ["-c", script, Tool.gobtalk] + paths + [host])
        let row = try await proxy.line(beginning: "carrying ")
        let address = try #require(row.split(separator: " ").dropFirst().first)
        let flood = ["-connect", String(address), "-flood", "\(count)"]
        let client = try await Tool.run(try await GoPeer.path, flood)
        #expect(client.output == "\(count) replies\n")
        #expect(client.status == 0)

        // It has put together all that there is, for a screen that takes nothing.
        try await waitUntilIdle(try #require(row.split(separator: " ").last.flatMap { pid_t($0) }))
        proxy.give("read\n")
        let shown = try await poll("the last message") {
            let shown = (try? String(contentsOfFile: paths[2], encoding: .utf8)) ?? ""
            return (shown.contains(" #\(2 * count) ") ? shown : nil, String(shown.suffix(200)))
        }
        let outcome = await proxy.end(input: "end\n")
        let complaints = outcome.errors.split(separator: "\n")
        let reason = "not shown: they came faster than the screen takes them"
        #expect(complaints.allSatisfy { $0.hasSuffix(" messages of proxies are \(reason)") })
        let dropped = complaints.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
        #expect(!dropped.isEmpty)
        let rows = shown.split(separator: "\n").count
        #expect(rows + dropped.reduce(0, +) == 2 * count)
        let recorded = try String(contentsOfFile: paths[0], encoding: .utf8)
        for way in ["received", "sent"] {
            let pieces = recorded.split(separator: "\n").filter { $0.contains("\"\(way)\"") }
            let numbers = pieces.compactMap { piece in
                piece.split(separator: "\"n\":").last?.prefix { $0.isNumber }
            }
            #expect(Set(numbers).count == count)
        }
        _ = await server.end()
    }

    /// Waits until a process has done next to nothing for a while.
    private func waitUntilIdle(_ process: pid_t) async throws {
        var (idle, before) = (0, -1)
        _ = try await poll("a process that is idle") {
            let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            // The fields behind the name; ticks of 10 ms in the program and in the system.
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            let now = fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
            idle = now - before <= 1 ? idle + 1 : 0
            before = now
            try? await Task.sleep(for: .milliseconds(300))
            return (idle > 6 ? now : nil, "\(now) ticks")
        }
    }

    @Test("as the program's command it runs until a signal, and says where it listens")
    func untilSignal() async throws {
        let proxy = try Tool(Tool.gobtalk, ["proxy", "127.0.0.1:0", "127.0.0.1:1"])
        let row = try await proxy.line(beginning: "carrying 127.0.0.1:")
        #expect(row.contains(" to 127.0.0.1:1; for this machine only (\"proxy :"))
        let outcome = await proxy.end(signal: SIGINT)
        #expect(outcome.status == 128 + SIGINT)
        #expect(outcome.output == row + "\n")
        #expect(outcome.errors == "")
    }
}
