import Foundation
import Glibc
import Net
import TestSupport

/// A listener of one handler and a connection to it, for as long as `body` runs.
func withPeer<Result: Sendable>(
    loops: Int = 1,
    serving handler: @escaping HandleFunc,
    _ body: @escaping @Sendable (Conn) async throws -> sending Result,
) async throws -> Result {
    let network = Network(loops: loops)
    let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
    return try await withServer(listener, handler) {
        try await Dialer(on: network).withConn(HostPort("\(listener.addresses[0])"), body)
    }
}

/// Serves the listener while `body` runs.
func withServer<Result: Sendable>(
    _ listener: Listener,
    _ handler: @escaping HandleFunc,
    _ body: () async throws -> Result,
) async throws -> Result {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await listener.serve(handler: handler) }
        do {
            let result = try await body()
            await listener.close()
            return result
        } catch {
            await listener.close()
            throw error
        }
    }
}

/// Tries something with a time that is ten times as long at each try, for a machine that is too busy
/// for the short ones.
///
/// - Returns: whether a try succeeded.
func tryWithMoreTime(
    from time: Duration,
    _ body: (Duration) async throws -> Bool,
) async throws -> Bool {
    for factor in [1, 10, 100] where try await body(time * factor) { return true }
    return false
}

/// Answers each line with itself.
let echoLines: HandleFunc = { conn in
    while let line = try await conn.readLine(limit: 100_000) {
        try await conn.write(line + [10])
    }
}

/// What is thrown, as one type that can be compared.
func netError(_ body: () async throws -> Void) async -> NetError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? NetError
    }
}

/// Bytes that differ from place to place.
func pattern(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        for index in 0..<count {
            buffer[index] = UInt8(truncatingIfNeeded: index &* 31 &+ index >> 8)
        }
        initialized = count
    }
}

/// A socket of the system's, for what `Conn` never does: RST, a full backlog.
struct RawSocket {
    let descriptor: Int32
    let port: UInt16

    /// A socket that listens on 127.0.0.1 and accepts nothing.
    static func listening(backlog: Int32) throws -> RawSocket {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try check(withAddress(port: 0) { bind(socket, $0, $1) })
        try check(listen(socket, backlog))
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(socket, $0, &length)
            }
        }
        try check(status)
        return RawSocket(descriptor: socket, port: UInt16(bigEndian: address.sin_port))
    }

    /// A connection to 127.0.0.1 from the address 127.0.0.`source`, which may not be complete yet.
    static func connecting(
        to port: UInt16,
        from source: UInt8 = 1,
        waiting: Bool = true,
    ) throws -> RawSocket {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if source != 1 { try check(withAddress(source, port: 0) { bind(socket, $0, $1) }) }
        if !waiting { try check(fcntl(socket, F_SETFL, O_NONBLOCK)) }
        let status = withAddress(port: port) { connect(socket, $0, $1) }
        if waiting { try check(status) }
        return RawSocket(descriptor: socket, port: port)
    }

    /// A unix socket with a file that nobody listens on.
    static func bound(toUnix path: String) throws -> RawSocket {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) }
        }
        try check(status)
        return RawSocket(descriptor: socket, port: 0)
    }

    /// A connection after which the process can open nothing more.
    static func connectingWithTheLastDescriptor(to port: UInt16) throws -> RawSocket {
        try allowDescriptors(rlim_t(nextDescriptor) + 1)
        return try connecting(to: port)
    }

    /// The lowest number that is free for a descriptor: how many there are, for all below are taken.
    static var nextDescriptor: Int {
        let next = dup(0)
        Glibc.close(next)
        return Int(next)
    }

    /// Allows as many descriptors as the system does.
    ///
    /// Not a number of the test's own: a process that a test starts may have been given hundreds.
    static func allowAllDescriptors() throws {
        var limit = rlimit()
        try check(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit))
        try allowDescriptors(limit.rlim_max)
    }

    static func allowDescriptors(_ count: rlim_t) throws {
        var limit = rlimit()
        try check(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit))
        limit.rlim_cur = count
        try check(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit))
    }

    func send(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// Takes the next connection of a socket that listens; on a thread that may block.
    func accepting() async -> RawSocket {
        await onThread {
            let socket = Glibc.accept(descriptor, nil, nil)
            _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
            return RawSocket(descriptor: socket, port: port)
        }
    }

    /// Reads all there is, until the peer ends its stream; on a thread that may block.
    func readAll() async -> [UInt8] {
        await readToBreak().bytes
    }

    /// Reads all there is, and the number of the error with which it ends, 0 where the peer ended its
    /// stream; on a thread that may block.
    func readToBreak() async -> (bytes: [UInt8], error: Int32) {
        await onThread { readBlocking(.max) }
    }

    /// Reads as much as that, or what comes before the end; on a thread that may block.
    func read(_ count: Int) async -> [UInt8] {
        await onThread { readBlocking(count).bytes }
    }

    /// Writes all of it; on a thread that may block.
    func write(_ bytes: [UInt8]) async {
        await onThread {
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
            }
        }
    }

    private func readBlocking(_ limit: Int) -> (bytes: [UInt8], error: Int32) {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while all.count < limit {
            let count = recv(descriptor, &buffer, min(buffer.count, limit - all.count), 0)
            guard count > 0 else { return (all, count < 0 ? errno : 0) }
            all += buffer[..<count]
        }
        return (all, 0)
    }

    func endInput() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() {
        Glibc.close(descriptor)
    }

    /// Closes with a RST instead of a FIN.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    private static func withAddress(
        _ host: UInt8 = 1,
        port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32,
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (UInt32(0x7f00_0000) | UInt32(host)).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func check(_ status: Int32) throws {
        if status != 0 { throw NetError.connectionLost(cause: .system(errno: errno)) }
    }
}
