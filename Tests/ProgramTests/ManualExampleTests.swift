import Foundation
import Testing

/// The EXAMPLES of the manual page, run as they stand there.
///
/// They have a network of their own, so that the protocol's port is free, and the files that they
/// name; a server listens, and a program goes on sending the article's struct to whoever listens at port
/// 61001, as more than one of them does.
@Suite(.timeLimit(.minutes(5))) struct ManualExampleTests {
    /// A command, and the lines that stand below it.
    private struct Example {
        let command: String
        var lines: [String] = []
    }

    private static let preparation = """
        ip link set lo up
        gobtalk --serve --quiet --listen :61000 & server=$!
        until gobtalk --no-listen send string localhost up > /dev/null 2>&1; do sleep 0.1; done
        (while gobtalk --no-listen send struct localhost:61001 article.json || :; do sleep 0.1; done) \\
            > /dev/null 2>&1 & sender=$!
        gobtalk --types types.go encode data.json data.gob as '[]Point' > /dev/null

        """

    private static let files = [
        "article.json": #"{"N": 1, "S": "one", "C": {"N": 256}}"#,
        "types.go": "package p\n\ntype Point struct { X, Y int }\n",
        "data.json": #"[{"X": 1, "Y": 2}, {"X": 3}]"#,
    ]

    @Test("every example does what it says")
    func examples() async throws {
        let examples = try await Self.examples()
        #expect(examples.count == 13)
        var files = Self.files
        var script = Self.preparation
        for (number, example) in examples.enumerated() {
            if let name = example.command.firstMatch(of: /^cat (\S+)$/)?.output.1 {
                files[String(name)] = example.lines.joined(separator: "\n") + "\n"
            }
            script += Self.run(example, number)
        }
        script += "kill $sender\n"
        let programs = URL(filePath: Tool.gobtalk).deletingLastPathComponent().path
        let outcome = try await withFolder(files: files) { [script] folder in
            let command = "cd '\(folder.path)'; PATH='\(programs)':$PATH\n\(script)"
            return try await Tool.run("unshare", ["--net", "sh", "-c", command])
        }
        let ends = outcome.output.split(separator: "\n").filter { $0.hasPrefix("example ") }
        let expected = examples.enumerated().map { number, example in
            "example \(number): \(example.command.contains("--serve") ? 143 : 0)"
        }
        #expect(ends.map(String.init) == expected, "\(outcome.output)\n\(outcome.errors)")
    }

    /// What runs an example and says what it ended with; one that would go on for ever, when the server
    /// has ended and a message has come to it, by a signal.
    private static func run(_ example: Example, _ number: Int) -> String {
        guard example.command.contains("--serve") else {
            return "\(example.command)\necho \"example \(number): $?\"\n"
        }
        let end = example.command.firstIndex { "|>".contains($0) } ?? example.command.endIndex
        return """
            kill $server; wait $server
            \(example.command[..<end]) > out & server=$!
            until gobtalk --no-listen send string localhost hello > /dev/null 2>&1; do sleep 0.1; done
            until grep hello out > /dev/null; do sleep 0.1; done
            kill $server; wait $server
            echo "example \(number): $?"

            """
    }

    /// The examples, in their order.
    private static func examples() async throws -> [Example] {
        let text = try await Manual.text()
        let start = try #require(text.range(of: "\nEXAMPLES\n"))
        let end = try #require(text.range(of: "\nDIAGNOSTICS\n"))
        var examples: [Example] = []
        for line in text[start.upperBound..<end.lowerBound].split(separator: "\n") {
            guard let indented = line.firstMatch(of: /^ {11}(.*)$/)?.output.1 else { continue }
            if indented.hasPrefix("$ ") {
                examples.append(Example(command: String(indented.dropFirst(2))))
            } else if !examples.isEmpty {
                examples[examples.count - 1].lines.append(String(indented))
            }
        }
        return examples
    }
}
