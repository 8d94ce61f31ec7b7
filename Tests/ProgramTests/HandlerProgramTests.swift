import Foundation
import GobJSON
import Testing

/// A client in Go, and answers that it does not expect.
@Suite(.timeLimit(.minutes(5))) struct HandlerProgramTests {
    @Test(
        "a handler of the command line answers the article's client, in Go",
        arguments: [
            ("reply other", "other\n", ""), ("close", "", "EOF\n"),
            ("reply \"one\\ntwo\"", "one\n", ""), ("echo delay 50ms", "Additional data.\n", ""),
            ("reply hex:616263 close", "", "EOF\n"),
        ]
    )
    func client(_ words: String, _ output: String, _ errors: String) async throws {
        let shell = "exec \"$0\" --json --listen 127.0.0.1:0 --linger 10m <<< \"$1\""
        let script = "on STRING line \(words)\nlisten\n"
        let server = try Tool("bash", ["-c", shell, Tool.gobtalk, script])
        // When where it listens is told the second time, the handler is there.
        let result = try await server.line(containing: #""text":"listening on "#)
        let text = try JSONValue(parsing: Array(result.utf8))["text"]?.string ?? ""
        let host = text.split(separator: " ")[2].trimmingSuffix(";")
        let client = try await Tool.run(GoPeer.path, ["-connect", host])
        #expect(client.output == output)
        #expect(client.errors == errors)
        let events = await server.end(signal: SIGTERM)
        EventLines.validate(events.output)
    }
}
