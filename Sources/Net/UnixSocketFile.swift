internal import Glibc
internal import NIOCore
private import Synchronization

/// The file of a unix socket that listens: for its user alone, and removed at the end.
final class UnixSocketFile: Sendable {
    /// Why the socket cannot be had.
    struct Fault: Error {
        let cause: Cause
    }

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
    /// - Throws: `Fault`; where a program listens, and where there is a file that is no socket, the
    ///   file is left alone.
    static func bind(_ address: Address, backlog: Int32) throws -> (
        socket: Int32, file: UnixSocketFile
    ) {
        let path = address.host
        try removeStale(path, address)
        let socket = try makeSocket()
        do {
            // Linux gives the file the mode of the socket: there is no moment in which it has another.
            try check(fchmod(socket, S_IRUSR | S_IWUSR))
            try check(withSystemForm(address) { Glibc.bind(socket, $0, $1) })
            // At once: a file that nobody listens on is taken for one that was left behind.
            try check(listen(socket, backlog))
            guard let status = try fileStatus(path) else { throw Fault(errno: ENOENT) }
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

    private static func removeStale(_ path: String, _ address: Address) throws {
        guard let status = try fileStatus(path) else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw Fault(cause: .other("a file that is no socket is there"))
        }
        let socket = try makeSocket()
        defer { close(socket) }
        guard withSystemForm(address, { connect(socket, $0, $1) }) != 0 else {
            throw Fault(cause: .addressInUse)
        }
        switch errno {
        case ECONNREFUSED: unlink(path)
        case ENOENT: return
        // Somebody listens who has no time now, or in another way.
        case EAGAIN, EPROTOTYPE: throw Fault(cause: .addressInUse)
        case let number: throw Fault(errno: number)
        }
    }

    private static func makeSocket() throws -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let socket = socket(AF_UNIX, kind, 0)
        guard socket >= 0 else { throw Fault(errno: errno) }
        return socket
    }
}

extension UnixSocketFile.Fault {
    fileprivate init(errno: Int32) {
        cause = .system(errno: errno)
    }
}

/// What there is at a path, links not followed; `nil` where nothing is.
private func fileStatus(_ path: String) throws -> stat? {
    var status = stat()
    guard lstat(path, &status) != 0 else { return status }
    guard errno == ENOENT else { throw UnixSocketFile.Fault(errno: errno) }
    return nil
}

private func check(_ status: Int32) throws {
    if status != 0 { throw UnixSocketFile.Fault(errno: errno) }
}

private func withSystemForm(
    _ address: Address,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32,
) -> Int32 {
    address.socketAddress.withSockAddr { body($0, socklen_t($1)) }
}
