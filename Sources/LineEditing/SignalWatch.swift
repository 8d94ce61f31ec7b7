private import CTerminal
private import Glibc

/// The arrival of some signals, which wake a descriptor instead of doing what they did before.
final class SignalWatch: Sendable {
    /// SIGINT, SIGTERM and SIGHUP: what asks a program to stop.
    static let stopping: [Int32] = [SIGINT, SIGTERM, SIGHUP]

    private let watch: Int32
    private let wake: WakeDescriptor

    /// Watches until this object is gone.
    ///
    /// A SIGHUP that was ignored (nohup) stays ignored.
    init(_ signals: [Int32], waking wake: WakeDescriptor) throws(LineEditorError) {
        let watched = signals.filter { $0 != SIGHUP || !signal_is_ignored($0) }
        self.wake = wake
        watch = signal_watch_add(wake.fileDescriptor, watched.reduce(0) { $0 | 1 << UInt32($1) })
        guard watch >= 0 else {
            throw .unavailable(what: "a watch for signals", reason: "too many are in use")
        }
    }

    deinit {
        if watch >= 0 { signal_watch_remove(watch) }
    }

    /// The signals that arrived since the last call, the most urgent first.
    func take() -> [Int32] {
        let arrived = signal_watch_take(watch)
        guard arrived != 0 else { return [] }
        return [SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGWINCH].filter {
            arrived & 1 << UInt32($0) != 0
        }
    }
}
