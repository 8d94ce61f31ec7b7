public import Glibc

/// A line of plain input.
public enum PlainLine: Equatable, Sendable {
    /// The bytes as they came, whatever they are, without the line feed.
    case line([UInt8])

    /// There are no more.
    case end
}

/// Reads lines of bytes from an input that is no terminal: a pipe, a file.
///
/// Nothing is lost or changed: NULs, carriage returns and bytes that are no UTF-8 are kept, and a
/// last line without a line feed is a line. A thread of its own waits for the input, so that no
/// thread of Swift's tasks is held up. One task reads at a time. A text that is there already is
/// read in the same way.
public final class PlainReader: Sendable {
    /// The longest line where the caller names no limit: 1 MiB, and room for a command around it.
    public static let defaultLimit = (1 << 20) + 4096

    private let source: PlainSource
    /// What waits for the input; a text needs no waiting.
    private let thread: WorkerThread?

    /// Reads from `fileDescriptor`, which stays the caller's to close, after this object is gone.
    ///
    /// - Throws: `unavailable` where the system has no descriptor or thread left.
    public init(fileDescriptor: Int32 = STDIN_FILENO) throws(LineEditorError) {
        let source = PlainSource(fileDescriptor: fileDescriptor, wake: try WakeDescriptor())
        self.source = source
        thread = try WorkerThread { source.run() }
    }

    /// Reads the lines of a text.
    ///
    /// - Throws: `unavailable` where the system has no descriptor left.
    public init(text: [UInt8]) throws(LineEditorError) {
        source = PlainSource(fileDescriptor: -1, wake: try WakeDescriptor())
        source.take(text)
        thread = nil
    }

    deinit {
        source.stop()
        thread?.join()
    }

    /// The next line, of at most `limit` bytes.
    ///
    /// - Throws: `lineTooLong`, after which the rest of that line is skipped; `cannotRead`, with
    ///   the system's reason; `CancellationError`, after which nothing is lost.
    public func readLine(limit: Int = defaultLimit) async throws -> PlainLine {
        while true {
            switch try source.next(limit: limit) {
            case .line(let line): return .line(line)
            case .end: return .end
            case .needsMore: try await source.fill()
            }
        }
    }
}
