import Net
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ReadingTests {
    /// What a handler reads from the pieces, which a peer sends one by one before it ends its stream.
    private func reading<Value: Sendable>(
        _ pieces: [String],
        _ read: @escaping @Sendable (Conn) async throws -> Value,
    ) async throws -> Result<Value, NetError> {
        let network = Network()
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let (results, continuation) = AsyncStream<Result<Value, NetError>>.makeStream()
        return try await withServer(listener) { conn in
            do {
                continuation.yield(.success(try await read(conn)))
            } catch let error as NetError {
                continuation.yield(.failure(error))
            }
        } _: {
            let peer = try RawSocket.connecting(to: listener.addresses[0].port)
            for piece in pieces { peer.send(piece) }
            peer.endInput()
            defer { peer.close() }
            for await result in results { return result }
            throw CancellationError()
        }
    }

    private static let arrivals: [[String]] = [
        ["one\ntwo\n\nthree\n"],
        ["o", "n", "e", "\n", "t", "w", "o", "\n", "\n", "t", "h", "r", "e", "e", "\n"],
        ["one\ntw", "o\n\nth", "ree\n"],
    ]

    @Test("lines arrive whole, byte by byte, and several at once", arguments: arrivals)
    func lines(pieces: [String]) async throws {
        let lines = try await reading(pieces) { conn in
            var lines: [String] = []
            while let line = try await conn.readLine(limit: 5) {
                lines.append(String(decoding: line, as: UTF8.self))
            }
            return lines
        }
        #expect(lines == .success(["one", "two", "", "three"]))
    }

    @Test(
        "a line over the limit is an error, with or without an end",
        arguments: ["123456", "123456\n"]
    )
    func limit(text: String) async throws {
        let line = try await reading([text]) { try await $0.readLine(limit: 5) }
        #expect(line == .failure(.lineTooLong(limit: 5)))
    }

    @Test("an endless line is an error before its end")
    func endless() async throws {
        let error = try await withPeer { conn in
            let error = await netError { _ = try await conn.readLine(limit: 1000) }
            if let error { try await conn.write("\(error)\n") }
        } _: { conn in
            try await conn.write([UInt8](repeating: 65, count: 1001))
            return try await conn.readLine(limit: 100)
        }
        #expect(
            error.map { String(decoding: $0, as: UTF8.self) }
                == "the line is longer than 1000 bytes"
        )
    }

    @Test("an end inside a line, a count or a value")
    func endInside() async throws {
        let line = try await reading(["abc"]) { try await $0.readLine(limit: 5) }
        #expect(line == .failure(.closedInside))
        let bytes = try await reading(["abc"]) { try await $0.read(4) }
        #expect(bytes == .failure(.closedInside))
    }

    @Test("bytes one at a time, a count, what is there, and the end")
    func bytes() async throws {
        let read = try await reading(["a", "bcd", "ef"]) { conn in
            let first = try await conn.readByte()
            let none = try await conn.read(0)
            let three = try await conn.read(3)
            var rest: [UInt8] = []
            while let more = try await conn.read(upTo: 1) { rest += more }
            let end = try await conn.readByte()
            return [first.map { [$0] } ?? [], none, three, rest, end.map { [$0] } ?? []]
        }
        #expect(read == .success([[97], [], [98, 99, 100], [101, 102], []]))
    }

    @Test("a parser sees the bytes from its first on, and takes only what it consumes")
    func parse() async throws {
        let read = try await reading(["\u{3}ab", "cd"]) { conn in
            let value = try await conn.parse { bytes -> ParseStep<String> in
                guard let count = bytes.first.map(Int.init) else { return .needsMore(atLeast: 1) }
                guard bytes.count > count else {
                    return .needsMore(atLeast: count + 1 - bytes.count)
                }
                return .consumed(count + 1, String(decoding: bytes[1...count], as: UTF8.self))
            }
            return [value, try await conn.readByte().map { "\($0)" }]
        }
        #expect(read == .success(["abc", "100"]))
    }

    @Test("what a parser throws is passed on, and consumes nothing")
    func parserThrows() async throws {
        let read = try await reading(["abc"]) { conn in
            let error = await netError {
                _ = try await conn.parse { _ -> ParseStep<Int> in throw NetError.timedOut }
            }
            #expect(error == .timedOut)
            return try await conn.read(3)
        }
        #expect(read == .success(Array("abc".utf8)))
    }
}
