import CTestSupport
import Glibc
import Synchronization

/// A process just started, and this side's ends of its pipes.
struct Child: Sendable {
    let processID: pid_t
    let input: Int32
    let output: Int32
    let errors: Int32

    /// Waits for its end, and says what it ended with.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        return status
    }

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
