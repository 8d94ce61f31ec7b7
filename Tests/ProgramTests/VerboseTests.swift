import Glibc
import Testing

/// What `--verbose` tells, on standard error.
@Suite(.timeLimit(.minutes(5))) struct VerboseTests {
    @Test("a dial, a connection, a command and a close are told, with peers and durations")
    func conversation() async throws {
        let server = try Tool(
            Tool.gobtalk,
            ["--verbose", "--serve", "--quiet", "--listen", "127.0.0.1:0"]
        )
        let host = try await server.host()
        let client = try await Tool.run(Tool.gobtalk, ["-v", "send", "string", host, "hello"])
        #expect(client.output.hasPrefix("Thank you. ("))
        compare(
            rows(client.errors),
            [
                #"\d\d:\d\d:\d\d dialling HOST addresses=HOST time=\S+"#,
                #"\d\d:\d\d:\d\d trying address=HOST"#,
                #"\d\d:\d\d:\d\d connected address=HOST local=127\.0\.0\.1:\d+ time=\S+"#,
            ],
            host
        )
        _ = try await server.errorLine(containing: " closed ")
        let outcome = await server.end(signal: SIGTERM)
        #expect(outcome.output == "")
        compare(
            Array(rows(outcome.errors).dropFirst()),
            [
                #"\d\d:\d\d:\d\d accepted peer=127\.0\.0\.1:\d+"#,
                #"\d\d:\d\d:\d\d answered STRING peer=127\.0\.0\.1:\d+ time=\S+"#,
                #"\d\d:\d\d:\d\d closed commands=1 peer=127\.0\.0\.1:\d+ received=13 sent=11 time=\S+"#,
            ],
            host
        )
    }

    @Test("without it nothing is told, and a dial that fails tells of each address with it")
    func failure() async throws {
        let quiet = try await Tool.run(Tool.gobtalk, ["send", "string", "127.0.0.1:1", "x"])
        #expect(quiet.errors == "gobtalk: cannot dial \"127.0.0.1:1\": connection refused\n")
        let told = try await Tool.run(Tool.gobtalk, ["-v", "send", "string", "127.0.0.1:1", "x"])
        #expect(told.status == 2)
        let pattern =
            #"\d\d:\d\d:\d\d not connected address=HOST reason=connection refused time=\S+"#
        compare(Array(rows(told.errors)[2..<3]), [pattern], "127.0.0.1:1")
    }

    private func rows(_ text: String) -> [String] {
        text.split(separator: "\n").map { String($0) }
    }

    /// Compares each row with a regular expression, in which HOST stands for the host.
    private func compare(_ rows: [String], _ patterns: [String], _ host: String) {
        #expect(rows.count == patterns.count, "\(rows)")
        for (row, pattern) in zip(rows, patterns) {
            let whole = pattern.replacing("HOST", with: host.replacing(".", with: #"\."#))
            let isMatch = (try? Regex(whole).wholeMatch(in: row)) != nil
            #expect(isMatch, "\(row) is not \(whole)")
        }
    }
}
