private import Glibc
private import Synchronization

/// A file to which several threads write lines, those that come together with one write.
///
/// A program that is killed leaves whole lines, and of the last one at most a part.
final class RecordingFile: Sendable {
    /// What was written.
    struct Total: Sendable {
        let path: String
        var lines = 0
        var size = 0
    }

    private struct State {
        /// `nil` where it is closed.
        var descriptor: Int32?
        var total: Total
    }

    private let state: Mutex<State>

    /// Makes a file, in place of one that was there.
    ///
    /// - Throws: ``Failure`` that names the file and the reason.
    init(_ path: String) throws {
        // Without waiting for somebody to read a pipe, now and later.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NONBLOCK
        let descriptor = open(path, flags, 0o666)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        state = Mutex(State(descriptor: descriptor, total: Total(path: path)))
    }

    deinit {
        close()
    }

    /// What was written so far.
    var total: Total { state.withLock { $0.total } }

    /// Closes the file; it takes no more lines then, and may be closed again.
    func close() {
        state.withLock { state in
            guard let descriptor = state.descriptor.take() else { return }
            _ = Glibc.close(descriptor)
        }
    }

    /// Writes lines that come together, if it is not closed.
    ///
    /// - Throws: ``Failure`` that names the file and the reason; nothing of the lines is left then, where
    ///   that is possible, and the file is closed.
    func write(_ lines: [[UInt8]]) throws {
        guard !lines.isEmpty else { return }
        let bytes = lines.count == 1 ? lines[0] : lines.flatMap(\.self)
        let failure = state.withLock { state -> Failure? in
            guard let descriptor = state.descriptor else { return nil }
            var count: Int
            repeat {
                count = Glibc.write(descriptor, bytes, bytes.count)
            } while count < 0 && errno == EINTR
            guard count == bytes.count else {
                // What is written in part had no room for the rest.
                let code = count < 0 ? errno : ENOSPC
                if count > 0 { ftruncate(descriptor, off_t(state.total.size)) }
                state.descriptor = nil
                _ = Glibc.close(descriptor)
                return Self.failure(state.total.path, code)
            }
            state.total.lines += lines.count
            state.total.size += count
            return nil
        }
        if let failure { throw failure }
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        Failure(.failed, "cannot write \"\(path)\": \(String(cString: strerror(code)))".harmless)
    }
}
