internal import Glibc
private import Synchronization

/// The file of a unix socket that listens: for its user alone, and removed at the end.
final class UnixSocketFile: Sendable {
    private let path: String
    private let identity: Identity
    private let isRemoved = Mutex(false)

    /// Which file it is, whatever has its name.
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t

        init(_ status: stat) {
            device = status.st_dev
            inode = status.st_ino
        }
    }

    private init(path: String, identity: Identity) {
        self.path = path
        self.identity = identity
    }

    /// Makes a socket with its file, of mode 0600, in place of one that nothing listens on any more.
    ///
    /// - Returns: the socket, whose owner is the caller and where connections wait already, and its
    ///   file.
    /// - Throws: `SystemFault`; where a program listens, and where there is a file that is no socket, the
    ///   file is left alone.
    static func bind(_ address: Address, backlog: Int32) throws(SystemFault) -> (
        socket: Int32, file: UnixSocketFile
    ) {
        let path = address.host
        try removeStale(path, address)
        let socket = try StreamSocket(for: address).descriptor
        do throws(SystemFault) {
            // Linux gives the file the mode of the socket: there is no moment in which it has another.
            try SystemFault.check(fchmod(socket, S_IRUSR | S_IWUSR))
            try SystemFault.check(address.withSystemForm { Glibc.bind(socket, $0, $1) })
            // At once: a file that nobody listens on is taken for one that was left behind.
            try SystemFault.check(listen(socket, backlog))
            guard let status = try fileStatus(path) else { throw SystemFault(errno: ENOENT) }
            return (socket, UnixSocketFile(path: path, identity: Identity(status)))
        } catch {
            close(socket)
            throw error
        }
    }

    /// Removes the file, if its name has not come to mean another; it may be called again.
    func remove() {
        let wasRemoved = isRemoved.withLock { isRemoved in
            defer { isRemoved = true }
            return isRemoved
        }
        guard !wasRemoved, let status = try? fileStatus(path), Identity(status) == identity else {
            return
        }
        unlink(path)
    }

    private static func removeStale(_ path: String, _ address: Address) throws(SystemFault) {
        guard let status = try fileStatus(path) else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw SystemFault(cause: .other("a file that is no socket is there"))
        }
        let socket = try StreamSocket(for: address).descriptor
        defer { close(socket) }
        guard address.withSystemForm({ connect(socket, $0, $1) }) != 0 else {
            throw SystemFault(cause: .addressInUse)
        }
        switch errno {
        case ECONNREFUSED: unlink(path)
        case ENOENT: return
        // Somebody listens who has no time now, or in another way.
        case EAGAIN, EPROTOTYPE: throw SystemFault(cause: .addressInUse)
        case let number: throw SystemFault(errno: number)
        }
    }
}

/// What there is at a path, links not followed; `nil` where nothing is.
private func fileStatus(_ path: String) throws(SystemFault) -> stat? {
    var status = stat()
    guard lstat(path, &status) != 0 else { return status }
    guard errno == ENOENT else { throw SystemFault(errno: errno) }
    return nil
}
