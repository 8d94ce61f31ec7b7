private import CTerminal

/// Signals, for a program that reads no terminal; ``LineEditor`` has its own way.
public enum Signals {
    /// The numbers of SIGINT, SIGTERM and SIGHUP as they arrive, in place of the program's end.
    ///
    /// They do what they did before again when the stream's reader is gone or cancelled. A signal
    /// that was ignored when the program began, by `nohup` or by `&` in a script, stays ignored.
    /// - Throws: `unavailable` where the system has no descriptor or thread left.
    public static func stopping() throws(LineEditorError) -> AsyncStream<Int32> {
        let wake = try WakeDescriptor()
        let watched = SignalWatch.stopping.filter { !signal_is_ignored($0) }
        let watch = try SignalWatch(watched, waking: wake)
        let end = StopFlag(waking: wake)
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        _ = try WorkerThread {
            while true {
                // Before the look at what woke it, which would be slept over otherwise.
                wake.clear()
                if end.isSet { return }
                watch.take().forEach { continuation.yield($0) }
                wake.waitUntilWoken()
            }
        }
        continuation.onTermination = { _ in end.set() }
        return stream
    }

    /// Makes a write to a peer that is gone an error of that write, not the end of the program.
    public static func ignoreSIGPIPE() {
        signal_ignore_pipe()
    }
}
