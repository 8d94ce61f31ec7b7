import Foundation
import Testing

/// How the built program ends, by what it was given.
@Suite(.timeLimit(.minutes(5))) struct ExitStatusTests {
    struct Run: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        var input = ""
        let status: Int32
        let errors: String

        var testDescription: String {
            (["gobtalk"] + arguments).joined(separator: " ") + " <<< \(input)"
        }
    }

    /// A port of this machine on which nothing listens: it is kept, and never accepts.
    private static let closed = "127.0.0.1:1"

    /// A file of Go types.
    private static let types = GoShop.file("types.go")

    static let runs: [Run] = [
        Run(arguments: [], status: 0, errors: ""),
        Run(arguments: [], input: "# nothing\n\n", status: 0, errors: ""),
        Run(arguments: [], input: "quit\nbogus\n", status: 0, errors: ""),
        Run(arguments: ["help"], status: 0, errors: ""),
        Run(arguments: ["--version"], status: 0, errors: ""),
        Run(
            arguments: ["bogus"],
            status: 64,
            errors: "gobtalk: unknown command \"bogus\"; \"help\" lists the commands"
        ),
        Run(arguments: ["demo"], status: 64, errors: "gobtalk: HOST is missing: demo HOST"),
        Run(arguments: ["--bogus"], status: 64, errors: "Error: Unknown option '--bogus'"),
        Run(
            arguments: ["--serve", "--no-listen"],
            status: 64,
            errors: "Error: --serve needs to listen"
        ),
        Run(
            arguments: ["--serve", "demo", "x"],
            status: 64,
            errors: "Error: --serve takes no COMMAND"
        ),
        Run(
            arguments: ["--linger", "soon"],
            status: 64,
            errors: "Error: The value 'soon' is invalid for '--linger <duration>'"
        ),
        Run(
            arguments: ["--serve", "--allow", "10.0.0.1/8"],
            status: 64,
            errors: "Error: --allow \"10.0.0.1/8\": it has bits beyond its length; the block is 10."
        ),
        Run(
            arguments: ["--serve", "--max-depth", "20000"],
            status: 64,
            errors: "Error: --max-depth must be from 1 to 10000"
        ),
        Run(
            arguments: ["--serve", "--max-line", "1MB"],
            status: 64,
            errors: "Error: The value '1MB' is invalid for '--max-line <size>'"
        ),
        Run(
            arguments: ["--serve", "--idle-timeout", "0"],
            status: 64,
            errors: "Error: The value '0' is invalid for '--idle-timeout <duration>'"
        ),
        Run(
            arguments: ["--listen", "x:y:z"],
            status: 64,
            errors: "gobtalk: \"x:y:z\": too many colons"
        ),
        Run(
            arguments: ["send", "string", closed, "x"],
            status: 2,
            errors: "gobtalk: cannot dial \"127.0.0.1:1\": connection refused"
        ),
        Run(
            arguments: ["send", "string", "no.such.host.invalid", "x"],
            status: 2,
            errors: "gobtalk: cannot dial \"no.such.host.invalid:61000\": name does not resolve"
        ),
        Run(
            arguments: [],
            input: "\nsend string \(closed) x\nbogus\n",
            status: 2,
            errors: "stdin:2: cannot dial \"127.0.0.1:1\": connection refused"
        ),
        Run(
            arguments: [],
            input: "help\nbogus\nhelp\n",
            status: 64,
            errors: "stdin:2: unknown command \"bogus\""
        ),
        Run(
            arguments: [],
            input: "bogus\r\n",
            status: 64,
            errors: "stdin:1: unknown command \"bogus\""
        ),
        Run(
            arguments: [],
            input: "send 'x",
            status: 64,
            errors: "stdin:1: the quote at column 6 is not ended"
        ),
        Run(
            arguments: ["send", "struct", "h", "/no/such"],
            status: 66,
            errors: "gobtalk: cannot read \"/no/such\": No such file or directory"
        ),
        Run(arguments: ["--types", types, "types", "Order"], status: 0, errors: ""),
        Run(
            arguments: ["--types", "/no/such.go", "help"],
            status: 66,
            errors: "gobtalk: cannot read \"/no/such.go\": No such file or directory"
        ),
        Run(
            arguments: ["--types", types, "--types", GoShop.file("time.json"), "--serve"],
            status: 1,
            errors: "gobtalk: \(GoShop.file("time.json")):1:1: a declaration such as"
        ),
        Run(
            arguments: ["encode", GoShop.file("order.json"), "/dev/null"],
            status: 1,
            errors: "gobtalk: \(GoShop.file("order.json")):1: complexData has no field \"Created\""
        ),
        Run(
            arguments: ["encode", GoShop.file("time.json"), "/dev/null", "as", "Time"],
            status: 1,
            errors: "gobtalk: as Time: the type \"Time\" is not declared"
        ),
        Run(
            arguments: [],
            input: "types\ndecode \(types)\n",
            status: 1,
            errors: "stdin:2: \(types): "
        ),
        Run(
            arguments: ["decode", "/no/such.gob"],
            status: 66,
            errors: "gobtalk: cannot read \"/no/such.gob\": No such file or directory"
        ),
        Run(
            arguments: ["show", "1"],
            status: 1,
            errors: "gobtalk: there is no message 1: none was received"
        ),
        Run(
            arguments: ["--listen", "no.such.host.invalid:1"],
            status: 69,
            errors: "gobtalk: cannot listen on no.such.host.invalid:1: name does not resolve",
        ),
        Run(
            arguments: ["--listen", "192.0.2.1:0"],
            status: 69,
            errors: "gobtalk: cannot listen on 192.0.2.1:0"
        ),
    ]

    @Test("the status and the one line say what happened", arguments: runs)
    func status(_ run: Run) async throws {
        let outcome = try await Tool.run(Tool.gobtalk, run.arguments, input: run.input)
        #expect(outcome.status == run.status)
        #expect(outcome.errors.hasPrefix(run.errors), "\(outcome.errors)")
        if run.errors.isEmpty { #expect(outcome.errors == "") }
        if run.errors.hasPrefix("gobtalk: ") || run.errors.hasPrefix("stdin:") {
            // Below it at most the line of a script, with a caret.
            let below = outcome.errors.split(separator: "\n").dropFirst()
            #expect(below.allSatisfy { $0.hasPrefix("    ") } && [0, 2].contains(below.count))
        }
        #expect(!outcome.output.contains("\u{1B}"))
    }

    @Test("a port that was asked for and is taken is an error; without asking the next is used")
    func takenPort() async throws {
        let first = try Tool(Tool.gobtalk, ["--serve", "--listen", "127.0.0.1:0"])
        let host = try await first.host()
        let second = try await Tool.run(Tool.gobtalk, ["--serve", "--listen", host])
        #expect(second.status == 69)
        #expect(second.errors == "gobtalk: cannot listen on \(host): address already in use\n")
        let (one, two) = (try Tool(Tool.gobtalk, ["--serve"]), try Tool(Tool.gobtalk, ["--serve"]))
        let hosts = [try await one.host(), try await two.host()]
        #expect(hosts.allSatisfy { $0.hasPrefix("127.0.0.1:61") })
        #expect(Set(hosts).count == 2)
        for tool in [first, one, two] { #expect(await tool.end(signal: SIGTERM).status == 143) }
    }

    @Test("--linger receives after the last command")
    func linger() async throws {
        let arguments = ["--listen", "127.0.0.1:0", "--linger", "10m", "listen"]
        let tool = try Tool(Tool.gobtalk, arguments)
        let line = try await tool.line(beginning: "listening on ")
        let host = line.split(separator: " ")[2].trimmingSuffix(";")
        #expect(try await Tool.run(Tool.gobtalk, ["send", "string", host, "late"]).status == 0)
        let outcome = await tool.end(signal: SIGTERM)
        #expect(outcome.output.contains(" STRING: late\n"))
    }

    @Test("--linger stays as long as it says, and then ends")
    func lingerEnds() async throws {
        let start = ContinuousClock.now
        let outcome = try await Tool.run(Tool.gobtalk, ["--linger", "300ms", "help"])
        #expect(outcome.status == 0)
        #expect(ContinuousClock.now - start >= .milliseconds(300))
    }

    @Test("output that cannot be written is an error", arguments: ["help", "--serve"])
    func fullOutput(_ argument: String) async throws {
        let script = "exec \"$0\" --listen 127.0.0.1:0 \"$1\" > /dev/full"
        let tool = try Tool("sh", ["-c", script, Tool.gobtalk, argument])
        guard argument == "--serve" else {
            let outcome = await tool.end()
            #expect(outcome.status == 1)
            #expect(
                outcome.errors
                    == "gobtalk: cannot write standard output: No space left on device\n"
            )
            return
        }
        let host = try await tool.host()
        #expect(try await Tool.run(Tool.gobtalk, ["send", "string", host, "x"]).status == 0)
        let outcome = await tool.end(signal: SIGTERM)
        #expect(outcome.status == 143)
        #expect(outcome.errors.contains("cannot write standard output"))
    }

    @Test("a reader that stops holds up no one else, and a signal still ends the program")
    func stoppedReader() async throws {
        let script = """
            mkfifo "$1"
            exec "$0" --serve --listen 127.0.0.1:0 3<> "$1" > "$1"
            """
        let fifo = "/tmp/gobtalk-\(UUID().uuidString)"
        defer { unlink(fifo) }
        let tool = try Tool("sh", ["-c", script, Tool.gobtalk, fifo])
        let host = try await tool.host()
        // More than a pipe and the program's own queue hold.
        let big = String(repeating: "x", count: 900_000)
        let input = (0..<2).map { _ in "send string \(host) \(big)\n" }.joined()
        let flood = try Tool(Tool.gobtalk, ["--no-listen", "--timeout", "2s"])
        let flooded = await flood.end(input: input)
        #expect(flooded.status == 1)
        #expect(flooded.errors.contains("no reply from \"\(host)\" within 2 s"))
        // A command without output is answered, and so is a connection.
        let other = try await Tool.run(
            Tool.gobtalk,
            ["--timeout", "2s", "send", "struct", host, "/dev/null"]
        )
        #expect(other.errors.contains("not a regular file"))
        let start = ContinuousClock.now
        #expect(await tool.end(signal: SIGTERM).status == 143)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test(
        "closed standard descriptors are no trouble",
        arguments: [("<&-", 0), (">&-", 1), ("2>&-", 0), ("<&- >&- 2>&-", 1)]
    )
    func closedDescriptors(_ closing: String, _ status: Int32) async throws {
        let script = "exec \"$0\" --no-listen help \(closing)"
        #expect(try await Tool.run("sh", ["-c", script, Tool.gobtalk]).status == status)
        // As a script, which has its end at once where standard input is closed.
        let plain = "exec \"$0\" --no-listen <&- \(closing)"
        #expect(try await Tool.run("sh", ["-c", plain, Tool.gobtalk]).status == 0)
    }

    @Test("--quiet answers and prints nothing")
    func quiet() async throws {
        let server = try Tool(Tool.gobtalk, ["--serve", "--quiet", "--listen", "127.0.0.1:0"])
        let host = try await server.host()
        let client = try await Tool.run(Tool.gobtalk, ["demo", host])
        #expect(client.status == 0)
        #expect(await server.end(signal: SIGINT).output == "")
    }

    @Test("a reader that closes standard output ends the program without a word")
    func closedOutput() async throws {
        let script = """
            file=$(mktemp)
            seq 1000 | sed 's/.*/help/' > "$file"
            ("$0" --no-listen < "$file"; echo $? >&2) | head -1
            rm "$file"
            """
        let outcome = try await Tool.run("sh", ["-c", script, Tool.gobtalk])
        #expect(outcome.errors == "141\n")
    }
}
