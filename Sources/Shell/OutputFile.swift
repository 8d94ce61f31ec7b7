private import Glibc

/// A file that is written whole or not at all: beside its place at first, and moved there at the end.
///
/// What is no regular file, as `/dev/null`, is written where it is.
struct OutputFile: ~Copyable {
    private let path: String
    /// Where the bytes go for now, or `nil` where they are in place.
    private let temporary: String?
    /// What the temporary file becomes.
    private let target: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    private static let bufferSize = 64 << 10

    /// Begins a file.
    ///
    /// - Throws: ``Failure`` that names the file and the reason.
    init(_ path: String) throws {
        var status = stat()
        let exists = stat(path, &status) == 0
        let kind = status.st_mode & S_IFMT
        guard !exists || kind != S_IFDIR else { throw Self.failure(path, EISDIR) }
        let isMoved = !exists || kind == S_IFREG
        // The file itself, where a link leads to it.
        let target = exists ? Self.resolved(path) : path
        let temporary = isMoved ? "\(target).\(UInt64.random(in: 0...UInt64.max))" : nil
        let descriptor =
            temporary.map { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
            ?? open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        // Whoever reads what is no regular file is waited for.
        _ = fcntl(descriptor, F_SETFL, O_WRONLY)
        if exists, isMoved { fchmod(descriptor, status.st_mode & 0o7777) }
        self.path = path
        self.target = target
        self.temporary = temporary
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
        // Where the file was moved to its place, nothing is there any more.
        if let temporary { unlink(temporary) }
    }

    /// Writes bytes.
    ///
    /// - Throws: ``Failure`` that names the file and the reason.
    mutating func write(_ bytes: some Sequence<UInt8>) throws {
        buffer += bytes
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Puts the file in its place.
    ///
    /// - Throws: ``Failure`` that names the file and the reason.
    consuming func commit() throws {
        try flush()
        guard let temporary else { return }
        guard rename(temporary, target) == 0 else { throw Self.failure(path, errno) }
    }

    private mutating func flush() throws {
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(path, errno) }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        Failure(.failed, "cannot write \"\(path)\": \(String(cString: strerror(code)))".harmless)
    }
}
