import Foundation
import Glibc
import Testing

/// The built program at a unix socket.
@Suite(.timeLimit(.minutes(5))) struct UnixSocketTests {
    private func withPath(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "s").path)
    }

    private func server(_ path: String) async throws -> Tool {
        let tool = try Tool(Tool.gobtalk, ["--serve", "--listen", "unix:\(path)"])
        let row = try await tool.errorLine(beginning: "gobtalk: listening on ")
        let reach = "for this user only (\"listen :61000\" opens it to all)"
        #expect(row == "gobtalk: listening on unix:\(path); \(reach)")
        return tool
    }

    @Test("messages come over it, and a signal removes it", arguments: [SIGTERM, SIGINT, SIGHUP])
    func signals(_ signal: Int32) async throws {
        try await withPath { path in
            let server = try await server(path)
            let sent = try await Tool.run(
                Tool.gobtalk,
                ["send", "string", "unix:\(path)", "hello"]
            )
            #expect(sent.output.hasPrefix("Thank you."))
            let outcome = await server.end(signal: signal)
            #expect(outcome.output.hasSuffix("#1 unix STRING: hello\n"))
            #expect(outcome.status == 128 + signal)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("the end of a script removes it")
    func script() async throws {
        try await withPath { path in
            let outcome = try await Tool.run(
                Tool.gobtalk,
                ["--listen", "unix:\(path)"],
                input: "send string unix:\(path) hello\n"
            )
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("#1 unix STRING: hello\n"))
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("one that a killed program left is replaced, a live one is not")
    func killed() async throws {
        try await withPath { path in
            let killed = try await server(path)
            #expect(await killed.end(signal: SIGKILL).status == 128 + SIGKILL)
            #expect(FileManager.default.fileExists(atPath: path))
            let next = try await server(path)
            let other = try await Tool.run(Tool.gobtalk, ["--serve", "--listen", "unix:\(path)"])
            #expect(other.status == 69)
            let reason = "gobtalk: cannot listen on unix:\(path): address already in use\n"
            #expect(other.errors == reason)
            let sent = try await Tool.run(
                Tool.gobtalk,
                ["send", "string", "unix:\(path)", "hello"]
            )
            #expect(sent.status == 0)
            _ = await next.end(signal: SIGTERM)
        }
    }
}
