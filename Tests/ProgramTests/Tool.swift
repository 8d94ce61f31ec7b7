import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// A program that runs beside the test, with its input and output in the test's hands.
final class Tool: Sendable {
    /// What a program that has ended left behind.
    struct Outcome: Sendable {
        /// What it exited with; 128 and the signal where one ended it.
        let status: Int32
        let output: String
        let errors: String
    }

    /// The built program.
    static let gobtalk = built("gobtalk")
    /// The built program of `Tests/CommandFuzz`.
    static let commandfuzz = built("commandfuzz")

    private static func built(_ name: String) -> String {
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(filePath: path ?? "").deletingLastPathComponent()
        return folder.appending(component: name).path
    }

    private let child: Child
    private let arguments: [String]
    private let input: Mutex<Int32?>
    private let output: Collector
    private let errors: Collector
    private let isAwaited = Mutex(false)

    /// The number of its process.
    var processID: pid_t { child.processID }

    /// Starts a program; one without a slash in its name is looked for on the path.
    init(_ program: String, _ arguments: [String]) throws {
        child = try Child(program, arguments)
        self.arguments = arguments
        input = Mutex(child.input)
        output = Collector(child.output)
        errors = Collector(child.errors)
    }

    /// Waits for a program that nobody waited for: the testing library's exit tests never end while
    /// a process that has ended is left to be waited for.
    deinit {
        guard !isAwaited.withLock({ $0 }) else { return }
        Thread.detachNewThread { [child] in _ = child.wait() }
    }

    /// Runs a program to its end.
    @discardableResult
    static func run(
        _ program: String,
        _ arguments: [String],
        input: String = "",
    ) async throws -> Outcome {
        try await Tool(program, arguments).end(input: input)
    }

    /// Waits for a line of standard output that begins so, and returns it.
    func line(beginning start: String = "") async throws -> String {
        try await output.line("begins with \"\(start)\"") { $0.hasPrefix(start) }
    }

    /// Waits for a line of standard output that ends so, and returns it.
    @discardableResult
    func line(ending end: String) async throws -> String {
        try await output.line("ends with \"\(end)\"") { $0.hasSuffix(end) }
    }

    /// Waits for so many lines of standard output that contain this, and returns the last of them.
    @discardableResult
    func line(containing part: String, count: Int = 1) async throws -> String {
        try await output.line("contains \"\(part)\"", number: count) { $0.contains(part) }
    }

    /// Waits for a line of standard error that begins so, and returns it.
    func errorLine(beginning start: String) async throws -> String {
        try await errors.line("begins with \"\(start)\"") { $0.hasPrefix(start) }
    }

    /// Waits for a line of standard error that contains this, and returns it.
    func errorLine(containing part: String) async throws -> String {
        try await errors.line("contains \"\(part)\"") { $0.contains(part) }
    }

    /// Gives some input; more can follow.
    func give(_ text: String) {
        guard let descriptor = input.withLock({ $0 }) else { return }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        try? handle.write(contentsOf: Data(text.utf8))
    }

    /// Gives the last input, and waits until the program has ended.
    func end(input text: String = "") async -> Outcome {
        let descriptor = input.withLock { input in
            defer { input = nil }
            return input
        }
        if let descriptor {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try? handle.write(contentsOf: Data(text.utf8))
            try? handle.close()
        }
        return await outcome()
    }

    /// Sends a signal, and waits until the program has ended.
    func end(signal: Int32) async -> Outcome {
        kill(processID, signal)
        return await outcome()
    }

    private func outcome() async -> Outcome {
        let output = await output.all()
        let errors = await errors.all()
        isAwaited.withLock { $0 = true }
        if arguments.contains("--json") { EventLines.validate(output) }
        let status = await onThread { [child] in child.wait() }
        let signal = status & 0x7F
        let code = signal == 0 ? status >> 8 & 0xFF : 128 + signal
        return Outcome(status: code, output: output, errors: errors)
    }
}

/// What a program writes, collected as it comes.
private final class Collector: Sendable {
    private struct State {
        var text = Data()
        var isEnded = false
    }

    private let state = Mutex(State())

    init(_ descriptor: Int32) {
        Thread.detachNewThread { [self] in
            var block = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &block, block.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                state.withLock { $0.text += block[..<count] }
            }
            close(descriptor)
            state.withLock { $0.isEnded = true }
        }
    }

    /// Everything, once the program has closed it.
    func all() async -> String {
        while !state.withLock({ $0.isEnded }) { try? await Task.sleep(for: .milliseconds(1)) }
        return text
    }

    func line(
        _ what: String,
        number: Int = 1,
        _ isRight: (Substring) -> Bool,
    ) async throws -> String {
        try await poll("a line that \(what)") { [self] in
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            return (lines.filter(isRight).dropFirst(number - 1).first.map { String($0) }, text)
        }
    }

    private var text: String { state.withLock { String(decoding: $0.text, as: UTF8.self) } }
}

/// What did not come in time.
struct Missing: Error, CustomStringConvertible {
    let description: String
}

/// Looks again and again until there is something, for 30 seconds at most.
func poll<Value>(
    _ what: String,
    _ look: () async throws -> (found: Value?, seen: String),
) async throws -> Value {
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
        let (found, seen) = try await look()
        if let found { return found }
        guard .now < deadline else { throw Missing(description: "no \(what) in:\n\(seen)") }
        try await Task.sleep(for: .milliseconds(2))
    }
}
