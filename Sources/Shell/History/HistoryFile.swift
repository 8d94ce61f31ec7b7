private import Glibc

/// A text file with the commands that were typed, shared by all peers of a user.
///
/// A command is added with one write at the end of the file, under a shared lock; the oldest are
/// dropped by putting a shorter file in its place, under an exclusive one. Whoever has got the lock
/// of a file that was replaced meanwhile opens the new one, so that nothing is lost.
package struct HistoryFile: Sendable {
    /// Where it is.
    package let path: String
    /// How many commands are kept when the file is shortened.
    let limit: Int
    /// How much of the file's end is read, in bytes.
    let sizeLimit: Int

    /// How long somebody else's lock is waited for.
    private static let patience = Duration.milliseconds(500)

    /// The file of a path; nothing is opened yet.
    package init(path: String, limit: Int = 10_000, sizeLimit: Int = 4 << 20) {
        self.path = path
        self.limit = limit
        self.sizeLimit = sizeLimit
    }

    /// The latest commands, the oldest first; the file is shortened where it has grown.
    ///
    /// - Throws: ``Failure`` where the file is there and cannot be read.
    package func load(latest count: Int) throws -> [String] {
        guard let tail = try withFile(O_RDONLY, LOCK_SH, { try tail(of: $0) }) else { return [] }
        let rows = tail.whole
        let excess = rows.startIndex..<HistoryText.start(of: rows, latest: limit).startIndex
        // Not at every start.
        if tail.isCut || excess.count > rows.count / 4 { try? trim() }
        return HistoryText.entries(in: tail, latest: count)
    }

    /// Adds a command at the end.
    ///
    /// - Throws: ``Failure`` where that cannot be done.
    package func append(_ entry: String) throws {
        makeFolders()
        try withFile(O_RDWR | O_APPEND | O_CREAT, LOCK_SH) { file in
            var rows = HistoryText.rows(of: entry)
            // The last row of another may be a half one.
            if try !endsWithRow(file) { rows.insert(UInt8(ascii: "\n"), at: 0) }
            try write(rows, to: file.descriptor)
        }
    }

    /// Drops the oldest commands beyond the limit.
    ///
    /// - Throws: ``Failure`` where that cannot be done; the file is as it was then.
    package func trim() throws {
        try withFile(O_RDWR, LOCK_EX) { file in
            // Who cannot be kept from adding would lose what they add.
            guard file.isLocked else { return }
            let tail = try tail(of: file)
            let kept = HistoryText.start(of: tail.whole, latest: limit)
            guard kept.count < file.size, let place = realpath(path, nil) else { return }
            defer { free(place) }
            try replace(String(cString: place), with: Array(kept))
        }
    }

    /// Puts a new file in the place of the old one, under the lock of the old one.
    private func replace(_ place: String, with bytes: [UInt8]) throws {
        let temporary = place + ".new"
        // Nobody else writes it now; one that is there is of somebody who was ended.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        do {
            try write(bytes, to: descriptor)
            guard rename(temporary, place) == 0 else { throw failure(errno) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// The file while it is open.
    private struct Opened {
        let descriptor: Int32
        let size: Int
        let isLocked: Bool
    }

    /// Opens and locks the file that has the name, and does something with it.
    ///
    /// - Returns: `nil` where there is no file, or a device that keeps nothing, as `/dev/null`.
    @discardableResult
    private func withFile<Result>(
        _ flags: Int32,
        _ lock: Int32,
        _ body: (Opened) throws -> Result,
    ) throws -> Result? {
        while true {
            // Without waiting for somebody to write into a pipe.
            let descriptor = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
            guard descriptor >= 0 else {
                if errno == ENOENT, flags & O_CREAT == 0 { return nil }
                throw failure(errno)
            }
            defer { close(descriptor) }
            let isLocked = self.lock(descriptor, lock)
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
            if status.st_mode & S_IFMT == S_IFCHR { return nil }
            guard status.st_mode & S_IFMT == S_IFREG else { throw failure("not a regular file") }
            if isLocked, !hasName(status) { continue }
            return try body(
                Opened(descriptor: descriptor, size: Int(status.st_size), isLocked: isLocked)
            )
        }
    }

    /// Whether the name still is that of the file.
    private func hasName(_ status: stat) -> Bool {
        var named = stat()
        guard stat(path, &named) == 0 else { return false }
        return named.st_ino == status.st_ino && named.st_dev == status.st_dev
    }

    /// Locks a file, unless somebody holds it for long, as one who was stopped does, or it is in a
    /// file system without locks.
    private func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
        let deadline = ContinuousClock.now + Self.patience
        while flock(descriptor, kind | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, .now < deadline else { return false }
            usleep(2_000)
        }
        return true
    }

    private func tail(of file: Opened) throws -> HistoryTail {
        let start = max(file.size - sizeLimit, 0)
        var bytes = [UInt8](repeating: 0, count: file.size - start)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                pread(
                    file.descriptor,
                    $0.baseAddress.map { $0 + count },
                    $0.count - count,
                    start + count
                )
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw failure(errno) }
            if got == 0 { break }
            count += got
        }
        return HistoryTail(bytes: Array(bytes[..<count]), isCut: start > 0)
    }

    private func endsWithRow(_ file: Opened) throws -> Bool {
        guard file.size > 0 else { return true }
        var last: UInt8 = 0
        guard pread(file.descriptor, &last, 1, file.size - 1) == 1 else { throw failure(errno) }
        return last == UInt8(ascii: "\n")
    }

    /// Writes everything at once, unless the disk is full.
    private func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            written += count
        }
    }

    /// Makes the folders that are missing, for this user alone.
    private func makeFolders() {
        let bytes = Array(path.utf8)
        for index in bytes.indices.dropFirst() where bytes[index] == UInt8(ascii: "/") {
            mkdir(String(decoding: bytes[..<index], as: UTF8.self), 0o700)
        }
    }

    private func failure(_ code: Int32) -> Failure {
        failure(String(cString: strerror(code)))
    }

    private func failure(_ reason: String) -> Failure {
        let text = "cannot use the history file \"\(path)\": \(reason)".harmless
        return Failure(.failed, "\(text); this session's commands are not kept")
    }
}
