import ArgumentParser
import Foundation
import Glibc
import Synchronization

/// `termbench flood`: keys while messages arrive.
struct Flood: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures how long a key takes to be shown while messages arrive.",
        discussion: """
            The program is gobtalk. A key every 20 ms, each another character, so that its first \
            sight is its echo. At the end its last messages must be the last ones sent.
            """
    )

    @Option(help: "How many messages a second.")
    var rate = 50_000

    @Option(help: "Over so many connections.")
    var connections = 4

    @Option(help: "For so long, in seconds.")
    var time = 20

    @Argument(help: "The program.")
    var program: String

    func run() throws {
        signal(SIGPIPE, SIG_IGN)
        let home = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: home) }
        let gobtalk = try TerminalProgram(
            [program, "--listen", "127.0.0.1:0"],
            environment: ["XDG_STATE_HOME": home.path, "TERM": "xterm", "LC_ALL": "C.UTF-8"]
        )
        defer { gobtalk.end() }
        try gobtalk.wait(for: "gobtalk>")
        let port = try port(of: gobtalk)
        let quiet = try keys(gobtalk, count: 100)
        let rest = gobtalk.memory
        let sender = try Sender(port: port, rate: rate, connections: connections)
        let start = ContinuousClock.now
        var flooded: [Duration] = []
        var memory: [Int] = []
        while .now - start < .seconds(time) {
            flooded += try keys(gobtalk, count: 50)
            memory.append(gobtalk.memory)
        }
        let took = ContinuousClock.now - start
        sender.end()
        let sent = sender.sent.load(ordering: .relaxed)
        print("no messages:", Self.percentiles(quiet))
        print("\(Int(Double(sent) / (took / .seconds(1)))) messages/s:", Self.percentiles(flooded))
        print("answered: \(sender.answered.load(ordering: .relaxed)) of \(sent)")
        print(
            "memory, MB: \(megabytes(rest)) at rest, \(memory.map(megabytes).joined(separator: " "))"
        )
        try checkMessages(gobtalk, sent)
    }

    /// Each key another character, in lines of 50.
    private func keys(_ gobtalk: TerminalProgram, count: Int) throws -> [Duration] {
        var times: [Duration] = []
        for number in 0..<count {
            if number % 50 == 0 {
                gobtalk.type("\u{15}")
                usleep(20_000)
            }
            // No text that is on the screen already has it.
            let key = String(Character(UnicodeScalar(UInt32(0x4E00 + Self.next())) ?? "x"))
            times.append(try gobtalk.type(key, until: key, within: .seconds(10)))
            usleep(20_000)
        }
        return times
    }

    private static let counter = Atomic(0)

    private static func next() -> Int { counter.add(1, ordering: .relaxed).oldValue }

    private func port(of gobtalk: TerminalProgram) throws -> UInt16 {
        guard let match = gobtalk.tail.firstMatch(of: /listening on 127\.0\.0\.1:(\d+)/),
            let port = UInt16(match.1)
        else { throw BenchmarkError("no address: \(gobtalk.tail)") }
        return port
    }

    /// The last message that is kept must be the last that was sent.
    private func checkMessages(_ gobtalk: TerminalProgram, _ sent: Int) throws {
        gobtalk.type("\u{15}messages 1000\r")
        try gobtalk.wait(for: "#\(sent) ")
        usleep(500_000)
        let numbers = gobtalk.tail.matches(of: /#(\d+)\b/).suffix(900).compactMap { Int($0.1) }
        let isWhole = numbers == Array(sent - numbers.count + 1...sent)
        print("messages: the last \(numbers.count) are", isWhole ? "there, in order" : "NOT right")
        guard isWhole, numbers.count == 900 else { throw ExitCode(1) }
    }

    private static func percentiles(_ times: [Duration]) -> String {
        let sorted = times.sorted()
        return [50, 95, 99, 100].map { percent in
            let time = sorted[min(sorted.count - 1, sorted.count * percent / 100)]
            return "\(percent) % \(String(format: "%.2f", time / .milliseconds(1))) ms"
        }.joined(separator: ", ") + " (\(times.count) keys)"
    }

    private func megabytes(_ size: Int) -> String {
        String(format: "%.1f", Double(size) / 1e6)
    }
}
