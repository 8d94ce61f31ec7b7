import Net

/// Sends a command with its data, and waits until the peer has printed it.
func send(_ data: [UInt8], as command: String = "STRING", to peer: Peer) async throws {
    let end: [UInt8] = command == "STRING" ? [UInt8(ascii: "\n")] : []
    try await Dialer(on: Network()).withConn(HostPort(peer.host)) { conn in
        try await conn.write(Array("\(command)\n".utf8) + data + end)
        try await conn.closeWrite()
        while try await conn.read(upTo: 100) != nil {}
    }
}

/// Says bytes to a peer, in pieces, and returns what it answers until it has ended.
func say(_ pieces: [[UInt8]], to peer: Peer) async throws -> [UInt8] {
    try await Dialer(on: Network()).withConn(HostPort(peer.host)) { conn in
        for piece in pieces {
            try await conn.write(piece)
            try await conn.flush()
        }
        try await conn.closeWrite()
        var answer: [UInt8] = []
        while let bytes = try await conn.read(upTo: 1_000) { answer += bytes }
        return answer
    }
}

extension [UInt8] {
    /// The same in pieces of so many bytes, of which the last may be shorter.
    func pieces(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
