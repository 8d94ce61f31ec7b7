import Net

/// A peer that sends bytes as they are given.
enum RawPeer {
    private static let network = Network()

    /// Connects, sends bytes, and reads so many lines; or ends its side, and reads to the end.
    ///
    /// - Returns: What came back.
    @discardableResult
    static func converse(
        with host: String,
        _ bytes: [UInt8],
        replies: Int?,
    ) async throws -> [UInt8] {
        let host = try HostPort(host, defaultPort: 61_000)
        return try await Dialer(on: network, timeout: .seconds(20)).withConn(host) { conn in
            conn.setDeadline(.now + .seconds(20))
            try await conn.write(bytes)
            try await conn.flush()
            var received: [UInt8] = []
            if let replies {
                for _ in 0..<replies {
                    guard let line = try await conn.readLine(limit: 1 << 20) else {
                        throw Missing(description: "no reply: the connection is closed")
                    }
                    received += line
                }
            } else {
                try await conn.closeWrite()
                while let block = try await conn.read(upTo: 4_096) { received += block }
            }
            return received
        }
    }
}
