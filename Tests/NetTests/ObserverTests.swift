import Net
import Synchronization
import Testing

/// What the observer of a network is told.
@Suite(.timeLimit(.minutes(5))) struct ObserverTests {
    private final class Log: Sendable {
        let rows = Mutex<[String]>([])
        func add(_ row: String) {
            rows.withLock { $0.append(row) }
        }
    }

    @Test("a connection is told of before its bytes, and its end after them, on both sides")
    func order() async throws {
        let log = Log()
        let observer = NetworkObserver(
            wantsBytes: { true },
            onTraffic: {
                let text = String(decoding: $0.bytes, as: UTF8.self)
                log.add("\($0.connection) \($0.direction) \(text)")
            },
            onChange: { change in
                switch change {
                case .opened(let status):
                    log.add("\(status.id) \(status.isIncoming ? "in" : "out")")
                case .closed(let status, let lost):
                    #expect(lost == nil)
                    log.add("\(status.id) closed \(status.bytesReceived) \(status.bytesSent)")
                }
            }
        )
        let network = Network(observer: observer)
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await listener.serve { conn in
                    while let bytes = try await conn.read(upTo: 100) { try await conn.write(bytes) }
                }
            }
            for _ in 0..<2 {
                try? await Dialer(on: network).withConn(HostPort("\(listener.addresses[0])")) {
                    conn in
                    try await conn.write("abc")
                    try await conn.closeWrite()
                    while try await conn.read(upTo: 100) != nil {}
                }
            }
            await listener.close()
        }
        let rows = log.rows.withLock { $0 }
        // Which side is told of a new connection first is chance.
        let ids = Set(rows.compactMap { $0.split(separator: " ").first })
        #expect(ids == ["1", "2", "3", "4"])
        for id in ids {
            let own = rows.filter { $0.hasPrefix(id) }.map { $0.dropFirst(2) }
            let isIncoming = own.first == "in"
            let ways = isIncoming ? ["received abc", "sent abc"] : ["sent abc", "received abc"]
            #expect(own == [isIncoming ? "in" : "out"] + ways.map { $0[...] } + ["closed 3 3"])
        }
        #expect(rows.count { $0.hasSuffix(" in") } == 2)
    }
}
