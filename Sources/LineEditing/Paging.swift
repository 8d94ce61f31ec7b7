private import Glibc

extension LineEditor {
    /// The height of the terminal now, in rows; 24 where it has none.
    public var rows: Int {
        Screen.size(of: output).rows
    }

    /// Leaves the terminal to a program that shows a text, until that ends.
    ///
    /// - Parameters:
    ///   - text: What the program reads from its standard input; it need not read all of it.
    ///   - command: How the shell `sh` calls it.
    /// - Returns: Whether there is such a program; where not, nothing was shown.
    public func show(_ text: String, with command: String) async -> Bool {
        await lend {
            await withCheckedContinuation { continuation in
                do throws(LineEditorError) {
                    _ = try WorkerThread { continuation.resume(returning: feed(text, to: command)) }
                } catch {
                    continuation.resume(returning: false)
                }
            }
        }
    }
}

/// Runs a command with a text as its input; false where the shell did not find it.
private func feed(_ text: String, to command: String) -> Bool {
    // A program begins with the signals blocked that are blocked here: without Ctrl-C and resizing.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    let pipe = popen(command, "we")
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard let pipe else { return false }
    let bytes = Array(text.utf8)
    fwrite(bytes, 1, bytes.count, pipe)
    // What a shell exits with that finds no such program, or none that can be run.
    let status = pclose(pipe) >> 8 & 0xFF
    return status != 126 && status != 127
}
