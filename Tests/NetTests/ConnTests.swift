import Net
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ConnTests {
    @Test("a reply reaches a peer that has ended its stream")
    func halfClose() async throws {
        let network = Network()
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let reply = try await withServer(listener, echoLines) {
            let peer = try RawSocket.connecting(to: listener.addresses[0].port)
            defer { peer.close() }
            peer.send("hello\n")
            peer.endInput()
            return await peer.readAll()
        }
        #expect(reply == Array("hello\n".utf8))
    }

    @Test("after this side has ended its stream, the peer's is read to its end")
    func closeWrite() async throws {
        try await withPeer { conn in
            while try await conn.readLine(limit: 99) != nil {}
            try await conn.write("after the end\n")
        } _: { conn in
            try await conn.write("one\n")
            try await conn.closeWrite()
            #expect(await netError { try await conn.write("two\n") } == .closed)
            #expect(try await conn.readLine(limit: 99) == Array("after the end".utf8))
            #expect(try await conn.readLine(limit: 99) == nil)
        }
    }

    @Test(
        "ending the stream towards a peer that does not read ends at the deadline, or when cancelled"
    )
    func closeWriteHeldBack() async throws {
        let socket = try RawSocket.listening(backlog: 1)
        let conn = try await Dialer(on: Network()).dial("127.0.0.1:\(socket.port)")
        try await conn.perform { conn in
            // More than the system takes, and less than makes the writer wait in `write`.
            var written = 0
            conn.setWriteDeadline(.now + .milliseconds(100))
            let filled = await netError {
                while written < 64 << 20 {
                    try await conn.write(pattern(60_000))
                    written += 60_000
                }
            }
            #expect(filled == .timedOut)
            conn.setWriteDeadline(.now + .milliseconds(50))
            #expect(await netError { try await conn.closeWrite() } == .timedOut)
        }
        await conn.close()
        socket.close()
    }

    @Test("20 MB arrive unchanged both ways, by a peer that reads late")
    func large() async throws {
        let count = 20_000_000
        let (mine, theirs) = try await withPeer { conn in
            let bytes = try await conn.read(count)
            try await conn.write(bytes)
        } _: { conn in
            let bytes = pattern(count)
            try await conn.write(bytes)
            return (bytes, try await conn.read(count))
        }
        // Of so many bytes a failed expectation would look for all differences, for hours.
        let isSame = mine == theirs
        #expect(isSame)
    }

    @Test("closing sends all that was written")
    func closeFlushes() async throws {
        let count = 20_000_000
        let received = try await withPeer { conn in
            _ = try await conn.readByte()
            // On a busy machine more than closing allows by itself.
            conn.setDeadline(.now + .seconds(50))
            let bytes = pattern(count)
            for start in stride(from: 0, to: count, by: 50_000) {
                try await conn.write(Array(bytes[start..<start + 50_000]))
            }
        } _: { conn in
            try await conn.write("x")
            var all: [UInt8] = []
            while let more = try await conn.read(upTo: 100_000) { all += more }
            return all
        }
        let isWhole = received == pattern(count)
        #expect(isWhole, "\(received.count) bytes")
    }

    @Test("a peer that does not read makes the writer wait, until its deadline")
    func writeDeadline() async throws {
        let error = try await withPeer { conn in
            _ = try await conn.readLine(limit: 10)
            // Until the listener closes.
            try await Task.sleep(for: .seconds(60))
        } _: { conn in
            try await conn.write("start\n")
            conn.setWriteDeadline(.now + .milliseconds(100))
            return await netError {
                while true { try await conn.write([UInt8](repeating: 0, count: 1 << 20)) }
            }
        }
        #expect(error == .timedOut)
    }

    @Test("a read past its deadline throws, and later ones too, until it is changed")
    func readDeadline() async throws {
        try await withPeer(serving: echoLines) { conn in
            conn.setReadDeadline(.now + .milliseconds(20))
            #expect(await netError { _ = try await conn.readByte() } == .timedOut)
            #expect(await netError { _ = try await conn.readByte() } == .timedOut)
            conn.setDeadline(.now + .seconds(100))
            conn.setReadDeadline(nil)
            try await conn.write("again\n")
            #expect(try await conn.readLine(limit: 9) == Array("again".utf8))
            conn.setReadDeadline(.now + .seconds(100))
            conn.setReadDeadline(.now + .milliseconds(20))
            #expect(await netError { _ = try await conn.readByte() } == .timedOut)
        }
    }

    @Test("a deadline moved later, and one set while a read waits")
    func moveDeadline() async throws {
        try await withPeer(serving: echoLines) { conn in
            let start = ContinuousClock.now
            conn.setReadDeadline(start + .milliseconds(10))
            conn.setReadDeadline(start + .milliseconds(60))
            #expect(await netError { _ = try await conn.readByte() } == .timedOut)
            #expect(start.duration(to: .now) >= .milliseconds(60))
            conn.setReadDeadline(nil)
            async let late = netError { try await conn.perform { _ = try await $0.readByte() } }
            try await conn.perform { $0.setReadDeadline(.now) }
            #expect(await late == .timedOut)
        }
    }

    @Test("deadlines of many connections, set in another order, all fire, each not before its time")
    func manyDeadlines() async throws {
        let network = Network()
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let fired = try await withServer(listener, echoLines) {
            try await withThrowingTaskGroup(of: Int.self) { group in
                let start = ContinuousClock.now + .milliseconds(200)
                for index in (0..<20).reversed() {
                    let conn = try await Dialer(on: network).dial("\(listener.addresses[0])")
                    group.addTask {
                        let deadline = start + .milliseconds(index * 5)
                        let error = await netError {
                            try await conn.perform {
                                $0.setReadDeadline(deadline)
                                _ = try await $0.readByte()
                            }
                        }
                        let isInTime = ContinuousClock.now >= deadline
                        await conn.close()
                        return error == .timedOut && isInTime ? index : -1
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(fired.sorted() == Array(0..<20))
    }

    @Test("a cancelled read ends at once, and the connection can be used again")
    func cancelRead() async throws {
        try await withPeer(serving: echoLines) { conn in
            let task = Task { try await conn.perform { try await $0.readByte() } }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await conn.write("again\n")
            #expect(try await conn.readLine(limit: 9) == Array("again".utf8))
        }
    }

    @Test("closing ends a waiting read, can be repeated, and ends all use")
    func close() async throws {
        try await withPeer(serving: echoLines) { conn in
            async let waiting = netError { try await conn.perform { _ = try await $0.readByte() } }
            await conn.close()
            await conn.close()
            #expect(await waiting == .closed)
            #expect(await netError { _ = try await conn.readByte() } == .closed)
            #expect(await netError { try await conn.write("x") } == .closed)
            #expect(await netError { try await conn.flush() } == .closed)
        }
    }

    @Test("the peer's reset is an error of the read")
    func reset() async throws {
        let listener = try RawSocket.listening(backlog: 1)
        let network = Network()
        let conn = try await Dialer(on: network).dial("127.0.0.1:\(listener.port)")
        listener.reset()
        let error = await netError { try await conn.perform { _ = try await $0.readByte() } }
        #expect(error == .connectionLost(cause: .reset))
        await conn.close()
    }

    @Test("both sides know both addresses")
    func addresses() async throws {
        let (local, remote) = try await withPeer { conn in
            _ = try await conn.readByte()
            try await conn.write("\(conn.localAddress) \(conn.remoteAddress)\n")
        } _: { conn in
            try await conn.write("x")
            let line = try await conn.readLine(limit: 100) ?? []
            return (
                "\(conn.remoteAddress) \(conn.localAddress)", String(decoding: line, as: UTF8.self)
            )
        }
        #expect(local == remote)
    }
}
