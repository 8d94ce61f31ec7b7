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
