import Foundation
import GobJSON
import Testing

/// Sessions of the built program that are recorded, and sent again to a program in Go.
@Suite(.timeLimit(.minutes(5))) struct RecordingProgramTests {
    @Test("1,000 mixed messages that are recorded arrive again, in the same order")
    func session() async throws {
        let files = try Files()
        defer { files.remove() }
        let first = try await GoServer()
        let script = files.script(messages: 1_000, host: first.host)
        let recording = files.path("session.jsonl")
        let options = ["--no-listen", "--record", recording]
        let outcome = try await Tool.run(Tool.gobtalk, options, input: script)
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        let seen = await first.messages()
        #expect(seen.count == 1_000)
        let lines = try String(contentsOfFile: recording, encoding: .utf8)
        let schema = try JSONSchema("recording.schema")
        for line in lines.split(separator: "\n") { try schema.validate(String(line)) }

        let second = try await GoServer()
        let replay = ["replay", recording, "to", second.host, "fast"]
        let replayed = try await Tool.run(Tool.gobtalk, replay)
        #expect(replayed.errors == "")
        #expect(replayed.status == 0)
        #expect(replayed.output.hasPrefix("replayed 1000 commands on "))
        #expect(replayed.output.hasSuffix(": the answers are the same\n"))
        #expect(await second.messages() == seen)

        // And once more as a script of commands.
        let third = try await GoServer()
        let commands = files.path("again.txt")
        let written = ["script", recording, commands, "to", third.host]
        #expect(try await Tool.run(Tool.gobtalk, written).status == 0)
        let again = try String(contentsOfFile: commands, encoding: .utf8)
        let sent = try await Tool.run(Tool.gobtalk, ["--no-listen"], input: again)
        #expect(sent.status == 0)
        #expect(await third.messages() == seen)
    }

    @Test("a recording that kill -9 cuts, at 20 moments, is replayed up to the cut")
    func killed() async throws {
        let files = try Files()
        defer { files.remove() }
        let whole = try await GoServer()
        let script = files.script(messages: 200, host: whole.host)
        let recording = files.path("whole.jsonl")
        try await Tool.run(Tool.gobtalk, ["--no-listen", "--record", recording], input: script)
        let size = try #require(files.size(recording))
        let seen = await whole.messages()
        #expect(seen.count == 200)
        for moment in 0..<20 {
            let first = try await GoServer()
            let file = files.path("cut-\(moment).jsonl")
            let input = files.path("script-\(moment)")
            try files.script(messages: 200, host: first.host)
                .write(toFile: input, atomically: false, encoding: .utf8)
            let shell = "exec \"$0\" --no-listen --linger 10m --record \"$1\" < \"$2\""
            let tool = try Tool("sh", ["-c", shell, Tool.gobtalk, file, input])
            // Behind the line that tells of the connection.
            let wanted = Int.random(in: size / 20..<size)
            _ = try await poll("\(wanted) bytes recorded") {
                let now = files.size(file) ?? 0
                return (now >= wanted ? now : nil, "\(now)")
            }
            #expect(await tool.end(signal: SIGKILL).status == 128 + SIGKILL)
            let before = await first.messages()

            let second = try await GoServer()
            let replay = ["replay", file, "to", second.host, "fast"]
            let outcome = try await Tool.run(Tool.gobtalk, replay)
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.errors == "")
            // It may be cut inside a character.
            let isWhole = try Data(contentsOf: URL(filePath: file)).last == UInt8(ascii: "\n")
            #expect(outcome.output.contains(": the recording is cut here;") == !isWhole)
            let after = await second.messages()
            #expect(!after.isEmpty)
            #expect(after == Array(seen.prefix(after.count)))
            // What goes out is recorded before it does.
            #expect(after.count >= before.count)
        }
    }

    @Test("what a Go program sent to a recording server is sent again to another one")
    func server() async throws {
        let files = try Files()
        defer { files.remove() }
        let recording = files.path("server.jsonl")
        let options = ["--serve", "--quiet", "--listen", "127.0.0.1:0", "--record", recording]
        let server = try Tool(Tool.gobtalk, options)
        let host = try await server.host()
        try await Tool.run(GoPeer.path, ["-connect", host])
        try await Tool.run(GoPeer.path, ["-connect", host, "-flood", "2000"])
        #expect(await server.end(signal: SIGTERM).status == 143)
        let second = try await GoServer()
        let replay = ["replay", recording, "to", second.host, "fast"]
        let outcome = try await Tool.run(Tool.gobtalk, replay)
        #expect(
            outcome.output == "replayed 2002 commands on 2 connections: the answers are the same\n"
        )
        let messages = await second.messages()
        #expect(messages.count == 2_002)
        #expect(messages.last == #"{"command":"STRING","text":"flood 2000"}"#)
    }

    @Test("a full disk ends a recording with one row, and nothing else")
    func fullDisk() async throws {
        let peer = try await GoServer()
        let arguments = ["--record", "/dev/full", "send", "string", peer.host, "x"]
        let outcome = try await Tool.run(Tool.gobtalk, arguments)
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("Thank you. ("))
        let reason = "No space left on device; the recording ends"
        #expect(outcome.errors == "cannot write \"/dev/full\": \(reason)\n")
        let missing = try await Tool.run(Tool.gobtalk, ["--record", "/no/such/folder", "help"])
        #expect(missing.status == 1)
        #expect(
            missing.errors
                == "gobtalk: cannot write \"/no/such/folder\": No such file or directory\n"
        )
        _ = await peer.messages()
    }
}

/// The Go peer as a server.
private struct GoServer {
    let host: String
    private let tool: Tool

    init() async throws {
        tool = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0"])
        host = try await tool.line(beginning: "127.0.0.1:")
    }

    /// Ends it, and returns what it received, a line for each message.
    func messages() async -> [String] {
        await tool.end().output.split(separator: "\n").dropFirst().map { String($0) }
    }
}

/// The files of a test.
private struct Files {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(component: "gobtalk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(GoPeerTests.article.utf8).write(to: folder.appending(component: "a.json"))
    }

    func path(_ name: String) -> String { folder.appending(component: name).path }

    func size(_ path: String) -> Int? {
        try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    /// A script that sends so many messages: on one connection, on their own, and structs between.
    func script(messages: Int, host: String) -> String {
        var rows = ["connect \(host)"]
        for number in 1...messages {
            let place = number.isMultiple(of: 3) ? host : "."
            let row =
                switch number % 10 {
                case 4: "send struct . \(path("a.json"))"
                case 5: "send string . \"\\x00\\xff \(number)\""
                case 6: "send string . \(String(repeating: "é", count: number * 20))"
                case 7: "send string . \"\""
                default: "send string \(place) message \(number)"
                }
            rows.append(row)
        }
        return rows.map { $0 + "\n" }.joined()
    }
}
