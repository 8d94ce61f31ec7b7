import Foundation
import Net
import Testing

/// The built program with few descriptors.
@Suite(.timeLimit(.minutes(5))) struct DescriptorTests {
    /// Starts a program that listens, after a shell's command has set its limits.
    private func server(_ limits: String) async throws -> (tool: Tool, host: String) {
        let script = "\(limits); exec \"$0\" --serve --quiet --listen 127.0.0.1:0"
        let tool = try Tool("sh", ["-c", script, Tool.gobtalk])
        return (tool, try await tool.host())
    }

    private func say(_ conn: Conn) async throws -> [UInt8]? {
        try await conn.perform { conn in
            conn.setDeadline(.now + .seconds(60))
            try await conn.write("STRING\nx\n")
            return try await conn.readLine(limit: 100)
        }
    }

    @Test("it takes the descriptors that the system allows, more than it had at first")
    func raised() async throws {
        let (tool, host) = try await server("ulimit -Sn 60")
        let dialer = Dialer(on: Network())
        var conns: [Conn] = []
        for _ in 0..<100 { conns.append(try await dialer.dial(host)) }
        for conn in conns { #expect(try await say(conn) == Array("Thank you.".utf8)) }
        for conn in conns { await conn.close() }
        #expect(await tool.end(signal: 15).status == 143)
    }

    @Test(
        "connections never take the last ones: the program goes on, also where it dials",
        arguments: zip(
            ["help\n", "help\nsend string 127.0.0.1:1 x\n"],
            ["", "stdin:2: cannot dial \"127.0.0.1:1\": connection refused"],
        )
    )
    func goesOn(_ input: String, _ error: String) async throws {
        let path = "/tmp/gobtalk-\(UUID().uuidString)"
        let script = "ulimit -n 60; exec \"$0\" --linger 50ms --listen unix:\(path)"
        let tool = try Tool("sh", ["-c", script, Tool.gobtalk])
        let dialer = Dialer(on: Network())
        let first = try await poll("listener") { (try? await dialer.dial(.unix(path: path)), path) }
        var conns = [first]
        for _ in 0..<100 { conns.append(try await dialer.dial(.unix(path: path))) }
        _ = try await tool.errorLine(beginning: "cannot accept")
        // It takes a few at once.
        #expect(try descriptorCount(of: tool) <= 48)
        let outcome = await tool.end(input: input)
        #expect(outcome.status == (error.isEmpty ? 0 : 2))
        #expect(outcome.errors.hasSuffix(error.isEmpty ? "is the limit)\n" : "\(error)\n"))
        for conn in conns { await conn.close() }
    }

    private func descriptorCount(of tool: Tool) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(tool.processID)/fd").count
    }

    @Test("nor do those of a proxy, which has two for each")
    func proxy() async throws {
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: Network())
        let host = "\(listener.addresses[0])"
        let script = "ulimit -n 60; exec \"$0\" --json proxy 127.0.0.1:0 \"$1\""
        let tool = try Tool("sh", ["-c", script, Tool.gobtalk, host])
        let row = try await tool.line(containing: "\"proxying\"")
        let port = try #require(row.firstMatch(of: /127\.0\.0\.1:(\d+)"\]/)?.1)
        let dialer = Dialer(on: Network())
        var conns: [Conn] = []
        for _ in 0..<40 { conns.append(try await dialer.dial("127.0.0.1:\(port)")) }
        _ = try await tool.errorLine(beginning: "cannot accept")
        #expect(try descriptorCount(of: tool) <= 50)
        for conn in conns.dropLast() { await conn.close() }
        let last = conns[conns.count - 1]
        let reply = try await listener.serving { try await self.say(last) }
        #expect(reply == Array("Thank you.".utf8))
        await last.close()
        #expect(await tool.end(signal: 15).status == 143)
    }

    @Test("without more it says so, and takes those that wait when others end")
    func exhausted() async throws {
        let start = ContinuousClock.now
        let (tool, host) = try await server("ulimit -n 60")
        let dialer = Dialer(on: Network())
        var conns: [Conn] = []
        for _ in 0..<100 { conns.append(try await dialer.dial(host)) }
        let row = try await tool.errorLine(beginning: "cannot accept")
        let reason = "cannot accept a connection: too many open files"
        #expect(row == "\(reason); it is tried again (\"ulimit -n\" is the limit)")
        let last = conns.removeLast()
        for conn in conns { await conn.close() }
        #expect(try await say(last) == Array("Thank you.".utf8))
        await last.close()
        let errors = await tool.end(signal: 15).errors
        // Once in ten seconds at most, and nothing else.
        let rows = errors.split(separator: "\n").dropFirst()
        #expect(rows.allSatisfy { $0 == row }, "\(errors)")
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        #expect(Double(rows.count) <= 1 + seconds / 10)
    }
}

extension Listener {
    /// Answers every line while something is done.
    fileprivate func serving<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask {
                await self.serve { conn in
                    while try await conn.readLine(limit: 100) == Array("STRING".utf8) {
                        _ = try await conn.readLine(limit: 100)
                        try await conn.write("Thank you.\n")
                    }
                }
            }
            let result = try await body()
            await close()
            return result
        }
    }
}
