import Foundation
import Testing

/// Scripts of many commands.
@Suite(.timeLimit(.minutes(5))) struct LongScriptTests {
    @Test("20,000 commands run as they come, each is answered in order, and memory stays flat")
    func flat() async throws {
        let peer = try await Tool(GoPeer.path, ["-listen", "127.0.0.1:0"])
        let host = try await peer.line(beginning: "127.0.0.1:")
        let tool = try Tool(Tool.gobtalk, ["--no-listen", "--connect", host])
        tool.give(Self.commands(1...1_000) + "echo first\n")
        _ = try await tool.line(beginning: "first")
        let before = try Self.memory(of: tool)
        tool.give(Self.commands(1_001...20_000) + "echo last\n")
        _ = try await tool.line(beginning: "last")
        let after = try Self.memory(of: tool)
        #expect(after - before < 8 << 10, "\(before) KiB, then \(after) KiB")
        let outcome = await tool.end()
        #expect(outcome.status == 0)
        #expect(outcome.output.split(separator: "\n").count == 20_003)
        let texts = await peer.end().output.split(separator: "\n").dropFirst()
        #expect(texts.count == 20_000)
        for (index, text) in texts.enumerated() where !text.hasSuffix("\"text \(index + 1)\"}") {
            Issue.record("\(text) came as number \(index + 1)")
        }
    }

    @Test("a line may have any length up to the limit, joined or not")
    func longLines() async throws {
        let socket = "/tmp/gobtalk-\(UUID().uuidString)"
        let arguments = ["--quiet", "--listen", "unix:\(socket)", "--max-line", "2MiB"]
        // What a line may have in all, around the longest text.
        let limit = 2 << 20 + 4_096
        let start = "send string unix:\(socket) "
        let whole = start + String(repeating: "x", count: 2 << 20)
        let joined = start + "\\\n" + String(repeating: "y", count: 1 << 20) + "\\\n" + "z"
        let long = "# " + String(repeating: "x", count: limit - 2)
        let input = [whole, joined, long, long + "x"].joined(separator: "\n")
        let outcome = try await Tool.run(Tool.gobtalk, arguments, input: input)
        #expect(outcome.output.matches(of: /Thank you\. \(/).count == 2)
        #expect(outcome.errors == "stdin:6: the line is longer than \(limit) bytes\n")
        #expect(outcome.status == 66)
    }

    private static func commands(_ numbers: ClosedRange<Int>) -> String {
        numbers.map { "send string . text \($0)\n" }.joined()
    }

    /// The most memory that a program has had, in KiB.
    private static func memory(of tool: Tool) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(tool.processID)/status", encoding: .utf8)
        let row = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(row.split(separator: " ").compactMap { Int($0) }.first)
    }
}
