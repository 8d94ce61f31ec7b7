private import Glibc

/// A file to which lines are written, those that come together with one write.
///
/// A program that is killed leaves whole lines, and of the last one at most a part. Who opens it closes
/// it.
struct RecordingFile: Sendable {
    /// What was written.
    struct Total: Sendable {
        let path: String
        var lines = 0
        var size = 0
    }

    private let descriptor: Int32
    private(set) var total: Total

    /// Makes a file, in place of one that was there.
    ///
    /// - Throws: ``Failure`` that names the file and the reason.
    init(_ path: String) throws {
        // Without waiting for somebody to read a pipe, now and later.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NONBLOCK
        descriptor = open(path, flags, 0o666)
        total = Total(path: path)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
    }

    /// Closes the file; it takes no more lines then.
    func close() {
        _ = Glibc.close(descriptor)
    }

    /// Writes lines that come together.
    ///
    /// - Throws: ``Failure`` that names the file and the reason; nothing of the lines is left then, where
    ///   that is possible.
    mutating func write(_ lines: [String]) throws {
        guard !lines.isEmpty else { return }
        let bytes = lines.flatMap(\.utf8)
        var count: Int
        repeat {
            count = Glibc.write(descriptor, bytes, bytes.count)
        } while count < 0 && errno == EINTR
        guard count == bytes.count else {
            // What is written in part had no room for the rest.
            let code = count < 0 ? errno : ENOSPC
            if count > 0 { ftruncate(descriptor, off_t(total.size)) }
            throw Self.failure(total.path, code)
        }
        total.lines += lines.count
        total.size += count
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        Failure(.failed, "cannot write \"\(path)\": \(String(cString: strerror(code)))".harmless)
    }
}
