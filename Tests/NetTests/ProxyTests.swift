import Foundation
import Glibc
import Net
import TestSupport
import Testing

/// What a proxy carries: bytes, the ends of streams, breaks.
@Suite(.timeLimit(.minutes(5)))
struct ProxyTests {
    @Test("the host may speak first, and a client that says nothing reaches it")
    func hostFirst() async throws {
        try await withConversation { both in
            await both.host.write(Array("hello\n".utf8))
            #expect(await both.client.read(6) == Array("hello\n".utf8))
            both.client.close()
            #expect(await both.host.readAll() == [])
            both.host.close()
            try await waitUntil { both.log.value.ruptures == [nil] }
            let ends = both.log.value.ends
            #expect(ends.map(\.host) == [.ipv4(127, 0, 0, 1, port: both.host.port)])
            #expect(ends.map(\.local) == both.proxy.addresses)
        }
    }

    @Test("20 MB each way at once arrive unchanged, and their witness is told of every byte")
    func large() async throws {
        try await withConversation { both in
            let (there, back) = (pattern(20_000_000), Array(pattern(20_000_011).reversed()))
            async let sent: Void = both.client.write(there)
            async let answered: Void = both.host.write(back)
            async let received = both.host.read(there.count)
            async let returned = both.client.read(back.count)
            _ = await (sent, answered)
            let (atHost, atClient) = await (received, returned)
            #expect(atHost == there)
            #expect(atClient == back)
            both.client.close()
            both.host.close()
            try await waitUntil { both.log.value.ruptures.count == 1 }
            #expect(both.log.value.bytes == [.toHost: there, .toClient: back])
        }
    }

    @Test("a side that has ended its stream still gets what the other one says")
    func halfClose() async throws {
        try await withConversation { both in
            await both.client.write([1, 2, 3])
            both.client.endInput()
            #expect(await both.host.readAll() == [1, 2, 3])
            await both.host.write([4, 5])
            both.host.close()
            #expect(await both.client.readToBreak() == ([4, 5], 0))
            both.client.close()
        }
        try await withConversation { both in
            await both.host.write([1, 2, 3])
            both.host.endInput()
            #expect(await both.client.readAll() == [1, 2, 3])
            await both.client.write([4, 5])
            both.client.close()
            #expect(await both.host.readToBreak() == ([4, 5], 0))
            both.host.close()
        }
    }

    @Test("when both streams have ended, one that reads late still gets the rest")
    func lateReader() async throws {
        try await withConversation { both in
            let bytes = pattern(5_000_000)
            both.host.endInput()
            #expect(await both.client.readAll() == [])
            async let written: Void = both.client.write(bytes)
            // The proxy has filled what there is of buffers.
            try await waitUntil { both.log.total(.toHost) > 0 }
            let received = await both.host.read(1_000_000)
            await written
            both.client.close()
            #expect(received + (await both.host.readAll()) == bytes)
            both.host.close()
        }
    }

    @Test("a side that resets its connection has the other's reset, behind what it wrote")
    func reset() async throws {
        try await withConversation { both in
            await both.client.write([1, 2, 3])
            #expect(await both.host.read(3) == [1, 2, 3])
            both.client.reset()
            #expect(await both.host.readToBreak() == ([], ECONNRESET))
            both.host.close()
            try await waitUntil { both.log.value.ruptures.count == 1 }
            let rupture = both.log.value.ruptures.first ?? nil
            #expect(rupture?.isOfClient == true)
            #expect(rupture?.error == .connectionLost(cause: .reset))
        }
        try await withConversation { both in
            await both.host.write([1, 2, 3])
            #expect(await both.client.read(3) == [1, 2, 3])
            both.host.reset()
            #expect(await both.client.readToBreak() == ([], ECONNRESET))
            both.client.close()
            try await waitUntil { both.log.value.ruptures.count == 1 }
            #expect((both.log.value.ruptures.first ?? nil)?.isOfClient == false)
        }
    }

    @Test("a client that goes on sending to a host that is gone is told so, as without the proxy")
    func goneHost() async throws {
        try await withConversation { both in
            both.host.close()
            #expect(await both.client.readToBreak() == ([], 0))
            // The first bytes are what the host's system answers with a reset.
            for _ in 0..<1_000 where both.log.value.ruptures.isEmpty {
                await both.client.write([1])
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(both.log.value.ruptures.count == 1)
            both.client.close()
        }
    }

    @Test("a receiver that does not read stops the sender, with little held in between")
    func backPressure() async throws {
        let log = ProxyLog(keepsBytes: false)
        try await withConversation(log: log) { both in
            let count = 200_000_000
            async let written: Void = both.client.write([UInt8](repeating: 7, count: count))
            var carried = -1
            try await waitUntil {
                defer { carried = log.total(.toHost) }
                try? await Task.sleep(for: .milliseconds(100))
                return carried > 0 && carried == log.total(.toHost)
            }
            // What the system holds for the host, and 256 KiB.
            #expect(carried < 20_000_000)
            let received = await onThread { [host = both.host] in host.countBytes(count) }
            await written
            #expect(received == count)
            both.client.close()
            both.host.close()
        }
    }

    @Test(
        "when both break off and neither has taken what was for it, it is over",
        arguments: [true, false]
    )
    func bothBreak(_ isReset: Bool) async throws {
        try await withConversation { both in
            let ends = [both.client, both.host]
            // The proxy and the system hold what there is room for.
            for _ in 0..<20 {
                for end in ends { end.fill() }
                try await Task.sleep(for: .milliseconds(5))
            }
            for end in ends { isReset ? end.reset() : end.close() }
            try await waitUntil { both.log.value.ruptures.count == 1 }
            #expect(await both.proxy.connections().isEmpty)
        }
    }

    @Test("an urgent byte is carried in its place")
    func urgent() async throws {
        try await withConversation { both in
            let (before, after) = (pattern(4), pattern(400))
            for _ in 0..<20 {
                await both.client.write(before)
                both.client.sendUrgently(33)
                await both.client.write(after)
                #expect(await both.host.read(405) == before + [33] + after)
            }
            both.client.close()
            both.host.close()
        }
    }

    @Test("where nothing goes either way for too long, both are closed")
    func silence() async throws {
        try await withConversation(silence: .milliseconds(50)) { both in
            #expect(await both.client.readAll() == [])
            #expect(await both.host.readAll() == [])
            both.client.close()
            both.host.close()
            try await waitUntil { !both.log.value.failures.isEmpty }
            #expect(both.log.value.failures == ["no command came for 0.05 s"])
        }
    }

    @Test("whatever goes, either way, gives both more time")
    func noSilence() async throws {
        let isKept = try await tryWithMoreTime(from: .milliseconds(200)) { silence in
            try await withConversation(silence: silence) { both in
                for turn in 0..<6 {
                    let (speaker, listener) =
                        turn < 3 ? (both.client, both.host) : (both.host, both.client)
                    try await Task.sleep(for: silence / 4)
                    await speaker.write([1])
                    if await listener.read(1) != [1] { break }
                }
                let isKept = both.log.value.failures.isEmpty
                // Also when one of them has said all.
                both.client.endInput()
                #expect(await both.host.readAll() == [])
                #expect(await both.client.readAll() == [])
                both.client.close()
                both.host.close()
                try await waitUntil { both.log.value.failures.count == 1 }
                return isKept
            }
        }
        #expect(isKept)
    }

    @Test("a host that cannot be reached closes the client, and says why")
    func unreachable() async throws {
        // A port that no other test can have.
        let (host, log) = (HostPort.tcp(host: "127.0.0.1", port: 1), ProxyLog())
        try await withProxy(to: host, log: log) { proxy in
            let client = try RawSocket.connecting(to: proxy.addresses[0].port)
            #expect(await client.readAll() == [])
            client.close()
            try await waitUntil { !log.value.failures.isEmpty }
        }
        #expect(log.value.failures == ["cannot dial \"\(host)\": connection refused"])
        #expect(log.value.ends.isEmpty)
    }

    @Test("it takes as many connections as it may, and no more")
    func limits() async throws {
        let listening = try RawSocket.listening(backlog: 8)
        defer { listening.close() }
        var limits = Listener.Configuration()
        limits.connectionLimit = 1
        let (host, log) = (HostPort.tcp(host: "127.0.0.1", port: listening.port), ProxyLog())
        try await withProxy(to: host, limits: limits, log: log) { proxy in
            let first = try RawSocket.connecting(to: proxy.addresses[0].port)
            let peer = await listening.accepting()
            let second = try RawSocket.connecting(to: proxy.addresses[0].port)
            #expect(await second.readAll() == [])
            #expect(await proxy.connections().count == 1)
            for socket in [first, second, peer] { socket.close() }
        }
        #expect(log.value.failures == ["the limit of connections, 1, is reached"])
    }

    @Test("to close it closes what it carries, at both ends, and frees its port")
    func close() async throws {
        try await withConversation { both in
            await both.client.write([1])
            #expect(await both.host.read(1) == [1])
            await both.proxy.close()
            #expect(await both.client.readAll() == [])
            #expect(await both.host.readAll() == [])
            both.client.close()
            both.host.close()
            let address = HostPort.tcp(host: "127.0.0.1", port: both.proxy.addresses[0].port)
            let again = try await Listener.listen(on: address, network: Network())
            await again.close()
            try await waitUntil { both.log.value.ruptures == [nil] }
        }
    }

    @Test("unix sockets at both ends")
    func unix() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = ["host", "proxy"].map { HostPort.unix(path: folder.appending(path: $0).path) }
        let (network, log) = (Network(), ProxyLog())
        let listener = try await Listener.listen(on: paths[0], network: network)
        try await withServer(listener, echoLines) {
            try await withProxy(to: paths[0], on: paths[1], log: log) { proxy in
                let line = try await Dialer(on: network).withConn(paths[1]) { conn in
                    try await conn.write("x\n")
                    return try await conn.readLine(limit: 10)
                }
                #expect(line == [120])
                #expect(proxy.addresses.map(\.description) == ["\(paths[1])"])
                // The client has closed its socket, which is no break.
                try await waitUntil { log.value.ruptures.count == 1 }
                #expect(log.value.ruptures == [nil])
            }
        }
    }

    @Test("after 500 conversations, of which some are broken, no descriptor is left")
    func descriptors() async throws {
        let listening = try RawSocket.listening(backlog: 64)
        defer { listening.close() }
        let host = HostPort.tcp(host: "127.0.0.1", port: listening.port)
        let log = ProxyLog(keepsBytes: false)
        try await withProxy(to: host, log: log) { proxy in
            for number in 0..<500 {
                let client = try RawSocket.connecting(to: proxy.addresses[0].port)
                let peer = await listening.accepting()
                client.send("STRING\n")
                if number.isMultiple(of: 3) { client.reset() } else { client.close() }
                if number.isMultiple(of: 5) { peer.reset() } else { peer.close() }
            }
            // A host that broke it off at once was not reached.
            try await waitUntil { log.value.ruptures.count + log.value.failures.count == 500 }
            #expect(await proxy.connections().isEmpty)
            // The one that listens.
            try await waitUntil { openSockets(of: proxy) == 1 }
        }
    }
}

/// How many sockets of the system's table are at the proxy's port and belong to a process.
private func openSockets(of proxy: Proxy) -> Int {
    let port = String(proxy.addresses[0].port, radix: 16, uppercase: true)
    // Such a file is read in pieces, of which String(contentsOfFile:) takes the first one only.
    let bytes = try? FileHandle(forReadingAtPath: "/proc/net/tcp")?.readToEnd()
    let table = String(decoding: bytes ?? Data(), as: UTF8.self)
    return table.split(separator: "\n").count { row in
        let cells = row.split(separator: " ")
        return cells.count > 9 && cells[1].hasSuffix(":\(port)") && cells[9] != "0"
    }
}

extension RawSocket {
    /// Sends as much as the system takes at once.
    fileprivate func fill() {
        let bytes = [UInt8](repeating: 7, count: 65_536)
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        while Glibc.send(descriptor, bytes, bytes.count, flags) > 0 {}
    }

    /// Sends a byte as urgent.
    fileprivate func sendUrgently(_ byte: UInt8) {
        _ = Glibc.send(descriptor, [byte], 1, Int32(MSG_OOB))
    }

    /// Reads so many bytes, and forgets them.
    fileprivate func countBytes(_ count: Int) -> Int {
        var (received, buffer) = (0, [UInt8](repeating: 0, count: 65_536))
        while received < count {
            let part = recv(descriptor, &buffer, buffer.count, 0)
            guard part > 0 else { break }
            received += part
        }
        return received
    }
}
