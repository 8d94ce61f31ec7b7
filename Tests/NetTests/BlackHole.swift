import Foundation
import Glibc
import Net

/// Ports of this machine, at 127.0.0.1 and ::1, that take no more connections and do not refuse any
/// either.
struct BlackHole {
    let port: UInt16
    private let sockets: [Int32]

    /// Runs something while there is one, at the one address or at both.
    static func with<Result>(
        at families: [Address.Family],
        _ body: (BlackHole) async throws -> Result,
    ) async throws -> Result {
        let hole = try opened(at: families)
        defer { for socket in hole.sockets { close(socket) } }
        return try await body(hole)
    }

    /// A port that is free at each address; one that the system chose for the first may not be.
    private static func opened(at families: [Address.Family]) throws -> BlackHole {
        for _ in 0..<50 {
            var sockets: [Int32] = []
            var port: UInt16 = 0
            for family in families {
                guard let chosen = listen(at: family, port, &sockets) else { break }
                port = chosen
                // The queue takes one or two; the rest waits for ever.
                for _ in 0..<4 { fill(family, port, &sockets) }
            }
            if sockets.count == families.count * 5 {
                return BlackHole(port: port, sockets: sockets)
            }
            for socket in sockets { close(socket) }
        }
        throw NetError.cannotListen(address: "a black hole", cause: .addressInUse)
    }

    /// How many attempts to connect to it are under way in this process, without its own.
    var attempts: Int {
        get throws {
            let own = Set(sockets.map { localPort($0).map(hexadecimal) })
            return try ["tcp", "tcp6"].reduce(0) { count, name in
                let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/net/\(name)"))
                let table = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
                let rows = table.split(separator: "\n").map { $0.split(separator: " ") }
                return count
                    + rows.count { row in
                        // 02 is SYN_SENT.
                        row.count > 3 && row[3] == "02" && row[2].hasSuffix(":\(hexadecimal(port))")
                            && !own.contains(String(row[1].suffix(4)))
                    }
            }
        }
    }

    /// Looks again and again, for two minutes at most, until so many are under way.
    func waitForAttempts(_ count: Int) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(120)
        while try attempts != count {
            guard .now < end else { return false }
            try await Task.sleep(for: .milliseconds(2))
        }
        return true
    }
}

private func listen(at family: Address.Family, _ port: UInt16, _ sockets: inout [Int32]) -> UInt16?
{
    let socket = open(family, &sockets)
    guard withLoopback(family, port, { bind(socket, $0, $1) }) == 0, Glibc.listen(socket, 0) == 0
    else { return nil }
    return localPort(socket)
}

/// A port as the tables in `/proc` have it.
private func hexadecimal(_ port: UInt16) -> String {
    let digits = String(port, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
}

private func localPort(_ socket: Int32) -> UInt16? {
    var name = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let status = withUnsafeMutablePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
    }
    // The port is at the same place in both families.
    return status == 0 ? UInt16(bigEndian: name.sin6_port) : nil
}

private func fill(_ family: Address.Family, _ port: UInt16, _ sockets: inout [Int32]) {
    let socket = open(family, &sockets)
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    _ = withLoopback(family, port) { connect(socket, $0, $1) }
}

private func open(_ family: Address.Family, _ sockets: inout [Int32]) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let socket = Glibc.socket(family == .ipv6 ? AF_INET6 : AF_INET, type, 0)
    sockets.append(socket)
    return socket
}

private func withLoopback(
    _ family: Address.Family,
    _ port: UInt16,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32,
) -> Int32 {
    if family == .ipv6 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}
