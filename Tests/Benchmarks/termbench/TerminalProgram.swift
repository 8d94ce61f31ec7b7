import Foundation
import Glibc
import Synchronization

/// A program in a terminal of its own, of 80 columns and 24 rows, whose output is read as fast as
/// it comes.
final class TerminalProgram: Sendable {
    let processID: pid_t
    private let controller: Int32
    private let state = Mutex(State())

    private struct State {
        /// What was written last: as much as is looked at.
        var tail: [UInt8] = []
        var size = 0
        var awaited: [UInt8] = []
        var seen: ContinuousClock.Instant?
    }

    /// How much of the output is kept, in bytes.
    private static let tailSize = 256 << 10

    /// Starts a program; one without a slash in its name is looked for on the path.
    init(_ words: [String], environment: [String: String] = [:]) throws {
        controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // TIOCSPTLCK and TIOCGPTN of Linux, whose macros Swift cannot read.
        var number: Int32 = 0
        guard ioctl(controller, 0x4004_5431, &number) == 0,
            ioctl(controller, 0x8004_5430, &number) == 0
        else { throw BenchmarkError("no terminal is to be had") }
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
        processID = try Self.spawn(words, environment, terminal: "/dev/pts/\(number)")
        Thread.detachNewThread { self.readAll() }
    }

    /// Types text.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(controller, bytes, bytes.count)
    }

    /// Types text, and waits for a text to come.
    ///
    /// - Returns: How long that took.
    func type(_ text: String, until awaited: String, within limit: Duration) throws -> Duration {
        state.withLock { state in
            state.awaited = Array(awaited.utf8)
            state.seen = nil
        }
        let start = ContinuousClock.now
        type(text)
        while .now - start < limit {
            if let seen = state.withLock({ $0.seen }) { return seen - start }
            usleep(100)
        }
        throw BenchmarkError("no \"\(awaited)\" within \(limit):\n\(tail)")
    }

    /// Waits until what was written last ends with a text, or has it.
    func wait(for text: String, within limit: Duration = .seconds(30)) throws {
        let end = ContinuousClock.now + limit
        while !tail.contains(text) {
            guard .now < end else { throw BenchmarkError("no \"\(text)\":\n\(tail.suffix(2_000))") }
            usleep(200)
        }
    }

    /// What was written last.
    var tail: String { String(decoding: state.withLock { $0.tail }, as: UTF8.self) }

    /// How many bytes were written.
    var outputSize: Int { state.withLock { $0.size } }

    /// The memory that it has now, in bytes.
    var memory: Int {
        let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line?.split(whereSeparator: \.isWhitespace)[1]).flatMap { Int($0) }.map { $0 << 10 }
            ?? 0
    }

    /// Ends it.
    func end() {
        kill(processID, SIGKILL)
        var status: Int32 = 0
        waitpid(processID, &status, 0)
        close(controller)
    }

    private func readAll() {
        var block = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(controller, &block, block.count)
            guard count > 0 else { return }
            let now = ContinuousClock.now
            state.withLock { state in
                state.size += count
                // A text may begin in one block and end in the next.
                let overlap = state.tail.suffix(state.awaited.count) + block[..<count]
                if !state.awaited.isEmpty, state.seen == nil,
                    Data(overlap).range(of: Data(state.awaited)) != nil
                {
                    state.seen = now
                }
                state.tail += block[..<count]
                let excess = state.tail.count - Self.tailSize
                if excess > 0 { state.tail.removeFirst(excess) }
            }
        }
    }

    /// POSIX_SPAWN_SETSID of Linux, which Swift's module does not show.
    private static let sessionFlag: Int16 = 0x80

    private static func spawn(
        _ words: [String],
        _ environment: [String: String],
        terminal: String,
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Opened first by the leader of a session, it is the session's terminal.
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, terminal, O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, sessionFlag)
        let all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var arguments = words.map { strdup($0) } + [nil]
        var variables = all.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var id: pid_t = 0
        guard posix_spawnp(&id, words[0], &actions, &attributes, &arguments, &variables) == 0
        else { throw BenchmarkError("cannot start \(words[0])") }
        return id
    }
}
