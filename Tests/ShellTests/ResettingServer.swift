import Foundation
import Glibc
import Net

/// A server that reads something of each connection and then resets it, as no `Conn` does.
final class ResettingServer: Sendable {
    /// How it is reached.
    let host: String
    private let descriptor: Int32

    /// Listens on a port that the system chooses.
    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) + listen(descriptor, 8)
                    + getsockname(descriptor, $0, &size)
            }
        }
        guard status == 0 else { throw NetError.connectionLost(cause: .system(errno: errno)) }
        self.descriptor = descriptor
        host = "127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread { Self.serve(descriptor) }
    }

    deinit {
        // Wakes the thread, which closes it.
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static func serve(_ descriptor: Int32) {
        while true {
            let conn = accept(descriptor, nil, nil)
            guard conn >= 0 else { break }
            var byte: UInt8 = 0
            _ = recv(conn, &byte, 1, 0)
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(conn, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
            close(conn)
        }
        close(descriptor)
    }
}
