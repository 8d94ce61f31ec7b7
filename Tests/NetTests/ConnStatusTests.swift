import Net
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ConnStatusTests {
    @Test("what went over a connection is counted on both sides, and listed while it is open")
    func counts() async throws {
        let network = Network(loops: 2)
        let endpoint = Endpoint()
        endpoint.addHandleFunc("ECHO") { conn in
            guard let line = try await conn.readLine(limit: 100) else { return }
            try await conn.write(line + [10])
        }
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await endpoint.run(listener) }
            let dialer = Dialer(on: network)
            let first = try await dialer.dial("\(listener.addresses[0])")
            let status = try await first.perform { conn in
                for _ in 0..<3 {
                    try await conn.write("ECHO\nabc\n")
                    _ = try await conn.readLine(limit: 100)
                    conn.countMessage()
                }
                return conn.status
            }
            #expect([status.messages, status.bytesSent, status.bytesReceived] == [3, 27, 12])
            let second = try await dialer.dial("\(listener.addresses[0])")
            let rows = try await connections(2, of: listener)
            #expect(rows.map(\.remoteAddress) == [first.localAddress, second.localAddress])
            #expect(rows.map(\.messages) == [3, 0])
            #expect(rows.map(\.bytesReceived) == [27, 0])
            #expect(rows.map(\.bytesSent) == [12, 0])
            #expect(status.opened <= rows[1].opened)
            await first.close()
            let rest = try await connections(1, of: listener)
            #expect(rest.map(\.remoteAddress) == [second.localAddress])
            await second.close()
            await listener.close()
        }
        #expect(await listener.connections().isEmpty)
    }

    /// Looks again and again until so many connections are open, for 30 seconds at most.
    private func connections(_ count: Int, of listener: Listener) async throws -> [Conn.Status] {
        let end = ContinuousClock.now + .seconds(30)
        while true {
            let all = await listener.connections()
            if all.count == count { return all }
            try #require(.now < end, "\(all.count) connections are open")
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
