internal import CSocket
private import Glibc

/// A socket of the system's, of a stream, that never blocks; who made it closes it.
struct StreamSocket {
    /// What came of a call that would block where there is nothing to do.
    enum Outcome {
        /// So many bytes went; none, where a stream has ended.
        case bytes(Int)
        /// It is to be tried again when the system says so.
        case later
        /// The error number.
        case failed(Int32)
    }

    let descriptor: Int32

    /// A socket that was made elsewhere.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// A socket for an address of this family.
    init(for address: Address) throws(SystemFault) {
        let domain =
            switch address.family {
            case .ipv4: AF_INET
            case .ipv6: AF_INET6
            case .unix: AF_UNIX
            }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        descriptor = try SystemFault.check(socket(domain, kind, 0))
    }

    /// Closes it; what was written is still sent.
    func close() {
        Glibc.close(descriptor)
    }

    /// Closes it so that the peer of a TCP connection sees a break.
    func breakOff() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Ends this side's stream.
    func endStream() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads what has come, to the beginning of a buffer.
    func read(into buffer: inout [UInt8]) -> Outcome {
        buffer.withUnsafeMutableBytes { outcome(recv(descriptor, $0.baseAddress, $0.count, 0)) }
    }

    /// Writes some of the bytes at these places.
    func write(_ bytes: [UInt8], _ places: Range<Int>) -> Outcome {
        bytes.withUnsafeBytes {
            let part = UnsafeRawBufferPointer(rebasing: $0[places])
            return outcome(send(descriptor, part.baseAddress, part.count, Int32(MSG_NOSIGNAL)))
        }
    }

    private func outcome(_ count: Int) -> Outcome {
        if count >= 0 { return .bytes(count) }
        return switch errno {
        case EAGAIN: .later
        case let number: .failed(number)
        }
    }

    /// The error that the system keeps for it, which it forgets then; 0 where there is none.
    func takeError() -> Int32 {
        var error: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length)
        return error
    }

    /// The address of this side.
    var localAddress: Address? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        return status == 0 ? Address(address) : nil
    }
}

/// Connections that are made.
extension StreamSocket {
    /// Begins to connect, or looks how that stands: `.bytes` where it is done.
    func connect(to address: Address) -> Outcome {
        guard address.withSystemForm({ Glibc.connect(descriptor, $0, $1) }) != 0 else {
            return .bytes(0)
        }
        return switch errno {
        case EISCONN: .bytes(0)
        case EINPROGRESS, EALREADY: .later
        case let number: .failed(number)
        }
    }

    /// Has connections come from an address of this machine.
    func bind(to address: Address) throws(SystemFault) {
        try SystemFault.check(address.withSystemForm { Glibc.bind(descriptor, $0, $1) })
    }

    /// Sets what all TCP connections have: what is written is sent at once, and the system asks for a
    /// sign of life of a peer that was silent for so long.
    ///
    /// Those that are accepted have it from the socket that listens.
    func setUpTCP(keepAlive: Duration?) throws(SystemFault) {
        try set(TCP_NODELAY, of: Int32(IPPROTO_TCP), to: 1)
        guard let seconds = keepAlive?.keepAliveSeconds else { return }
        try set(SO_KEEPALIVE, of: SOL_SOCKET, to: 1)
        try set(TCP_KEEPIDLE, of: Int32(IPPROTO_TCP), to: seconds)
        try set(TCP_KEEPINTVL, of: Int32(IPPROTO_TCP), to: seconds)
    }

    /// Has what a peer sends as urgent be read in its place, as every other byte.
    func keepUrgentBytes() {
        try? set(SO_OOBINLINE, of: SOL_SOCKET, to: 1)
    }

    private func set(_ name: Int32, of level: Int32, to value: Int32) throws(SystemFault) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        try SystemFault.check(setsockopt(descriptor, level, name, &value, size))
    }
}

/// Connections that are accepted.
extension StreamSocket {
    /// A connection that was accepted.
    struct Accepted {
        let socket: StreamSocket
        let peer: Address
    }

    /// How many connections may wait to be accepted.
    static let backlog: Int32 = 4_096

    /// A socket that listens at a TCP address, where connections wait already.
    static func listening(
        at address: Address,
        keepAlive: Duration?,
    ) throws(SystemFault) -> StreamSocket {
        let socket = try StreamSocket(for: address)
        do {
            try socket.setUpTCP(keepAlive: keepAlive)
            try socket.set(SO_REUSEADDR, of: SOL_SOCKET, to: 1)
            try socket.bind(to: address)
            try SystemFault.check(listen(socket.descriptor, backlog))
            return socket
        } catch {
            socket.close()
            throw error
        }
    }

    /// Takes a connection that waits; nil where none does.
    func accept() throws(SystemFault) -> Accepted? {
        var peer = sockaddr_storage()
        let accepted = socket_accept(descriptor, &peer)
        if accepted < 0, errno == EAGAIN { return nil }
        let socket = StreamSocket(descriptor: try SystemFault.check(accepted))
        return Accepted(socket: socket, peer: Address(peer) ?? .unknown)
    }
}
