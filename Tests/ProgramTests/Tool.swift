import CTestSupport
import Foundation
import Glibc
import Synchronization
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
    static let gobtalk: String = {
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = URL(filePath: path ?? "").deletingLastPathComponent()
        return folder.appending(component: "gobtalk").path
    }()

    let processID: pid_t
    private let input: Mutex<Int32?>
    private let output: Collector
    private let errors: Collector
    private let isAwaited = Mutex(false)

    /// Starts a program; one without a slash in its name is looked for on the path.
    init(_ program: String, _ arguments: [String]) throws {
        let child = try Child(program, arguments)
        processID = child.processID
        input = Mutex(child.input)
        output = Collector(child.output)
        errors = Collector(child.errors)
    }

    /// Waits for a program that nobody waited for: the testing library's exit tests never end while
    /// a process that has ended is left to be waited for.
    deinit {
        guard !isAwaited.withLock({ $0 }) else { return }
        Thread.detachNewThread { [processID] in _ = Self.status(of: processID) }
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
        try await output.line(beginning: start)
    }

    /// Waits for a line of standard error that begins so, and returns it.
    func errorLine(beginning start: String) async throws -> String {
        try await errors.line(beginning: start)
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

    /// What a program ended with, when it has.
    private static func status(of processID: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        return status
    }

    private func outcome() async -> Outcome {
        let output = await output.all()
        let errors = await errors.all()
        isAwaited.withLock { $0 = true }
        let status = await onThread { [processID] in Self.status(of: processID) }
        let signal = status & 0x7F
        let code = signal == 0 ? status >> 8 & 0xFF : 128 + signal
        return Outcome(status: code, output: output, errors: errors)
    }
}

/// A process just started, and this side's ends of its pipes.
private struct Child {
    let processID: pid_t
    let input: Int32
    let output: Int32
    let errors: Int32

    /// One at a time, so that no process inherits another's pipe.
    private static let lock = Mutex(())

    init(_ program: String, _ arguments: [String]) throws {
        let words =
            program.contains("/") ? [program] + arguments : ["/usr/bin/env", program] + arguments
        self = try Self.lock.withLock { _ in try Child(words) }
    }

    private init(_ words: [String]) throws {
        let (input, output, errors) = (try pipe(), try pipe(), try pipe())
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors.write, STDERR_FILENO)
        // Sockets of other tests in this process, which SwiftNIO leaves open across exec.
        spawn_close_from(&actions, 3)
        // A thread of the pool has nearly all signals blocked, and this process ignores SIGPIPE.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, defaults) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id: pid_t = 0
        let result = posix_spawn(&id, words[0], &actions, &attributes, &arguments, environ)
        for end in [input.read, output.write, errors.write] { close(end) }
        guard result == 0 else { throw Missing(description: "cannot start \(words[0])") }
        (processID, self.input, self.output, self.errors) = (
            id, input.write, output.read, errors.read
        )
    }
}

private func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw Missing(description: "no pipe is to be had") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
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

    func line(beginning start: String) async throws -> String {
        try await poll("a line that begins with \"\(start)\"") { [self] in
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            return (lines.first { $0.hasPrefix(start) }.map { String($0) }, text)
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

/// Runs something that blocks, on a thread of its own.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}
