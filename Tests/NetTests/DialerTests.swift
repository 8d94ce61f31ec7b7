import Foundation
import Glibc
import Net
import Testing

@Suite(.timeLimit(.minutes(5)))
struct DialerTests {
    /// A port of this machine that takes no more connections and does not refuse any either.
    private func blackHole() throws -> (port: UInt16, sockets: [RawSocket]) {
        let listener = try RawSocket.listening(backlog: 0)
        let fill = try (0..<4).map { _ in
            try RawSocket.connecting(to: listener.port, waiting: false)
        }
        return (listener.port, [listener] + fill)
    }

    @Test("nothing listens")
    func refused() async throws {
        // An address of this machine that no test listens at, and a port that none is given.
        let host = "127.77.0.9:1"
        let error = await netError { _ = try await Dialer(on: Network()).dial(host) }
        #expect(error == .cannotDial(host: host, cause: .refused))
    }

    @Test("a name that does not resolve")
    func unknownName() async {
        let error = await netError {
            _ = try await Dialer(on: Network()).dial(.tcp(host: "no such name", port: 1))
        }
        guard case .cannotDial("no such name:1", .nameDoesNotResolve) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("the next address is tried where one refuses")
    func nextAddress() async throws {
        let network = Network()
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let port = listener.addresses[0].port
        // localhost is ::1 first where the system has IPv6.
        let dialer = Dialer(on: network, timeout: .seconds(120))
        let conn = try await dialer.dial("localhost:\(port)")
        #expect(conn.remoteAddress == listener.addresses[0])
        await conn.close()
        await listener.close()
    }

    @Test("a unix socket is dialled by its path, the longest one too", arguments: [20, 107])
    func unix(length: Int) async throws {
        let folder = "/tmp/gobtalk-\(UUID().uuidString.prefix(4))-"
        let path = folder + String(repeating: "x", count: length - folder.utf8.count)
        defer { unlink(path) }
        let network = Network()
        let host = try HostPort("unix:\(path)")
        let missing = await netError { _ = try await Dialer(on: network).dial(host) }
        #expect(missing == .cannotDial(host: "unix:\(path)", cause: .system(errno: ENOENT)))
        let listener = try await Listener.listen(on: host, network: network)
        #expect(listener.addresses == [.unix(path)])
        try await withServer(listener, echoLines) {
            let conn = try await Dialer(on: network).dial(host)
            #expect(conn.remoteAddress == .unix(path))
            #expect(conn.localAddress == .unix(""))
            let line = try await conn.perform { conn in
                try await conn.write("hi\n")
                return try await conn.readLine(limit: 10)
            }
            #expect(line == Array("hi".utf8))
            await conn.close()
        }
    }

    @Test("a dial that nobody answers ends with its timeout")
    func timeout() async throws {
        let hole = try blackHole()
        defer { for socket in hole.sockets { socket.close() } }
        let timeout = Duration.milliseconds(200)
        let error = await netError {
            let dialer = Dialer(on: Network(), timeout: timeout)
            _ = try await dialer.dial("127.0.0.1:\(hole.port)")
        }
        let host = "127.0.0.1:\(hole.port)"
        #expect(error == .cannotDial(host: host, cause: .timedOut(after: timeout)))
    }

    @Test("a cancelled dial ends at once", arguments: [0, 1, 30])
    func cancel(afterMilliseconds: Int) async throws {
        let hole = try blackHole()
        defer { for socket in hole.sockets { socket.close() } }
        let network = Network()
        let dialer = Dialer(on: network, timeout: .seconds(240))
        try await expectToEndWhenCancelled(afterMilliseconds: afterMilliseconds) {
            _ = try await dialer.dial("127.0.0.1:\(hole.port)")
        }
    }

    @Test("a connection is made, used and closed a hundred times")
    func manyDials() async throws {
        let network = Network()
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let host = try HostPort("\(listener.addresses[0])")
        try await withServer(listener, echoLines) {
            for _ in 0..<100 {
                let line = try await Dialer(on: network).withConn(host) { conn in
                    try await conn.write("hi\n")
                    return try await conn.readLine(limit: 10)
                }
                #expect(line == Array("hi".utf8))
            }
        }
    }

    @Test(
        "the system asks for a sign of life of an idle peer after the time that was set",
        arguments: [.seconds(150), .milliseconds(290_001), nil] as [Duration?]
    )
    func keepAlive(_ idle: Duration?) async throws {
        let network = Network()
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let conn = try await Dialer(on: network, keepAlive: idle).dial("\(listener.addresses[0])")
        let row = try await socketRow(from: conn.localAddress, to: conn.remoteAddress)
        let timer = row.split(separator: " ")[5].split(separator: ":")
        if let idle {
            let seconds = try #require(Int(timer[1], radix: 16)) / 100
            let wanted = Int((idle / .seconds(1)).rounded(.up))
            #expect(timer[0] == "02")
            // It counts down while a busy machine lets this test wait, for a minute at most.
            #expect(wanted - 60...wanted ~= seconds)
        } else {
            #expect(timer[0] == "00")
        }
        await conn.close()
        await listener.close()
    }

    @Test(
        "a listener's connections ask for a sign of life, too, so that half of one ends",
        arguments: [.seconds(150), nil] as [Duration?]
    )
    func acceptedKeepAlive(_ idle: Duration?) async throws {
        let network = Network()
        var configuration = Listener.Configuration()
        #expect(configuration.keepAlive == .seconds(15))
        configuration.keepAlive = idle
        let listener = try await Listener.listen(
            on: "127.0.0.1:0",
            configuration: configuration,
            network: network
        )
        let conn = try await Dialer(on: network).dial("\(listener.addresses[0])")
        let row = try await socketRow(from: conn.remoteAddress, to: conn.localAddress)
        let timer = row.split(separator: " ")[5].split(separator: ":")
        let seconds = try #require(Int(timer[1], radix: 16)) / 100
        #expect(timer[0] == (idle == nil ? "00" : "02"))
        #expect(idle == nil ? seconds == 0 : 90...150 ~= seconds)
        await conn.close()
        await listener.close()
    }

    /// What Linux says of a socket of this machine, its timer among it: 02 where it waits for a sign
    /// of life, and for how long still.
    private func socketRow(from local: Address, to remote: Address) async throws -> Substring {
        // The addresses of this machine, and the ports, are in hexadecimal digits.
        let ports = [local.port, remote.port].map { String($0, radix: 16, uppercase: true) }
        let pair = "0100007F:\(ports[0]) 0100007F:\(ports[1]) "
        for _ in 0..<100 {
            let file = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/net/tcp"))
            let table = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
            let rows = table.split(separator: "\n")
            if let row = rows.first(where: { $0.contains(pair) }) { return row }
            // The table changes while it is read, so that a row can be passed over.
            await Task.yield()
        }
        throw NetError.timedOut
    }
}
