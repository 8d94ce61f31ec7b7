import Foundation
import Glibc
import Synchronization

/// Sends STRINGs over some connections, so many a second, and reads their replies.
final class Sender: Sendable {
    /// How many messages were answered.
    let answered = Atomic(0)
    /// How many messages were sent.
    let sent = Atomic(0)
    private let isEnding = Atomic(false)
    private let running = Atomic(0)

    /// Begins to send.
    ///
    /// - Parameters:
    ///   - port: Of this machine.
    ///   - rate: How many messages a second, in all.
    ///   - connections: How many there are.
    /// - Throws: Where nobody listens there.
    init(port: UInt16, rate: Int, connections: Int) throws {
        for _ in 0..<connections {
            let socket = try Self.connect(port)
            running.add(1, ordering: .relaxed)
            Thread.detachNewThread { self.run(socket, rate: rate / connections) }
        }
    }

    /// Ends the sending, and waits for the last replies.
    func end() {
        isEnding.store(true, ordering: .relaxed)
        while running.load(ordering: .relaxed) > 0 { usleep(1_000) }
    }

    private func run(_ socket: Int32, rate: Int) {
        let start = ContinuousClock.now
        var count = 0
        var replies = 0
        while !isEnding.load(ordering: .relaxed) {
            let due = Int((ContinuousClock.now - start) / .milliseconds(1)) * rate / 1_000
            // In pieces, so that replies are read in between.
            let batch = min(due - count, 100)
            if batch > 0 {
                let text = (0..<batch).map { "STRING\nflood \(count + $0)\n" }.joined()
                guard write(Array(text.utf8), to: socket) else { break }
                count += batch
                sent.add(batch, ordering: .relaxed)
            } else {
                usleep(500)
            }
            replies += read(socket, flags: Int32(MSG_DONTWAIT))
        }
        while replies < count {
            let more = read(socket, flags: 0)
            guard more > 0 else { break }
            replies += more
        }
        answered.add(replies, ordering: .relaxed)
        close(socket)
        running.subtract(1, ordering: .relaxed)
    }

    /// How many replies came: lines.
    private func read(_ socket: Int32, flags: Int32) -> Int {
        var block = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(socket, &block, block.count, flags)
        return block.prefix(max(0, count)).count { $0 == 0x0A }
    }

    private func write(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(socket, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func connect(_ port: UInt16) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw BenchmarkError("cannot dial 127.0.0.1:\(port)") }
        return socket
    }
}
