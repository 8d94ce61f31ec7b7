import Foundation
import Net
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct EndpointTests {
    /// The text of an event, with the peer left out.
    private static func text(_ event: Endpoint.Event) -> String? {
        switch event {
        case .accepted, .answered, .closed, .acceptFailed: nil
        case .refused(_, let refusal): "refused: \(refusal)"
        case .commandNotRegistered(_, let name):
            "not registered: \(String(decoding: name, as: UTF8.self))"
        case .failed(_, let command, let error): "\(command ?? "-"): \(error)"
        }
    }

    private struct Fault: Error, CustomStringConvertible {
        var description: String { "fault" }
    }

    /// An endpoint with STRING, NONE and FAIL that runs while `body` does, and what it reports; where
    /// it is quick, it answers STRING and NONE at once if they come whole.
    private func withEndpoint<Result: Sendable>(
        quick isQuick: Bool = false,
        _ body: (Endpoint, _ port: UInt16, AsyncStream<String>) async throws -> Result
    ) async throws -> Result {
        let network = Network()
        let (events, continuation) = AsyncStream<String>.makeStream()
        // What is tested here takes as long as the machine needs for it.
        var configuration = Endpoint.Configuration()
        configuration.commandTimeout = nil
        let endpoint = Endpoint(configuration) { event in
            if let text = Self.text(event) { continuation.yield(text) }
        }
        let string: QuickFunc = { command in
            guard command.readLine(limit: 100) != nil else { return false }
            command.write(Array("Thank you.\n".utf8))
            return true
        }
        endpoint.addHandleFunc("STRING", quick: isQuick ? string : nil) { conn in
            guard try await conn.readLine(limit: 100) != nil else { throw NetError.closedInside }
            try await conn.write("Thank you.\n")
        }
        let none: QuickFunc = { _ in true }
        endpoint.addHandleFunc("NONE", quick: isQuick ? none : nil) { _ in }
        endpoint.addHandleFunc("FAIL") { _ in throw Fault() }
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await endpoint.run(listener) }
            do {
                let port = listener.addresses[0].port
                let result = try await body(endpoint, port, events)
                await listener.close()
                return result
            } catch {
                await listener.close()
                throw error
            }
        }
    }

    /// What comes back for the text, until the endpoint closes.
    private func exchange(_ text: String, _ port: UInt16, ends: Bool = true) async -> String {
        guard let peer = try? RawSocket.connecting(to: port) else { return "cannot connect" }
        defer { peer.close() }
        peer.send(text)
        if ends { peer.endInput() }
        return await String(decoding: peer.readAll(), as: UTF8.self)
    }

    @Test(
        "any number of commands on a connection; the end between them is normal",
        arguments: [
            ("STRING\na\n", 1), ("STRING\na\n  STRING \r\nb\nNONE\nSTRING\nc\n", 3),
            ("NONE\n \r", 0), ("NONE\n", 0),
        ],
        [false, true]
    )
    func commands(conversation: (text: String, replies: Int), isQuick: Bool) async throws {
        let reply = try await withEndpoint(quick: isQuick) { _, port, _ in
            await exchange(conversation.text, port)
        }
        #expect(reply == String(repeating: "Thank you.\n", count: conversation.replies))
    }

    @Test(
        "commands that come in pieces, with others around them, are answered in their order",
        arguments: [1, 2, 3, 5, 8, 13, 21],
        [false, true]
    )
    func pieces(size: Int, isQuick: Bool) async throws {
        try await withEndpoint(quick: isQuick) { endpoint, port, _ in
            endpoint.addHandleFunc("LATE") { conn in
                let line = try await conn.readLine(limit: 100)
                await Task.yield()
                try await conn.write((line ?? []) + [UInt8(ascii: "\n")])
            }
            let peer = try RawSocket.connecting(to: port)
            defer { peer.close() }
            let commands = "STRING\na\nLATE\nlate\nSTRING\nb\nNONE\n STRING\nc\nLATE\nlater\n"
            var rest = Substring(String(repeating: commands, count: 3))
            while !rest.isEmpty {
                peer.send(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
                // So that the pieces do not come as one.
                try await Task.sleep(for: .microseconds(200))
            }
            peer.endInput()
            let thanks = "Thank you.\n"
            let replies = thanks + "late\n" + thanks + thanks + "later\n"
            let all = await String(decoding: peer.readAll(), as: UTF8.self)
            #expect(all == String(repeating: replies, count: 3))
        }
    }

    @Test("a peer that sends much and reads late gets every reply", arguments: [false, true])
    func readsLate(isQuick: Bool) async throws {
        try await withEndpoint(quick: isQuick) { endpoint, port, _ in
            // The replies fill every buffer on the way, and then the commands do.
            let reply = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
            let big: QuickFunc = { command in
                command.write(reply)
                return true
            }
            endpoint.addHandleFunc("BIG", quick: isQuick ? big : nil) { conn in
                try await conn.write(reply)
            }
            let peer = try RawSocket.connecting(to: port)
            defer { peer.close() }
            let isSent = OneSignal()
            Thread.detachNewThread {
                for _ in 0..<200 { peer.send(String(repeating: "BIG\n", count: 10)) }
                peer.endInput()
                isSent.set()
            }
            try await Task.sleep(for: .milliseconds(300))
            #expect(await peer.readAll().count == 2_000 * reply.count)
            #expect(isSent.isSet)
        }
    }

    @Test(
        "what is wrong is reported, and the connection closed without a reply",
        arguments: [
            ("NOPE\n", "not registered: NOPE"), ("string\n", "not registered: string"),
            ("\n", "not registered: "),
            ("NONE\n\u{1b}[2J\u{ff}\n", "not registered: \u{1b}[2J\u{ff}"),
            ("STRIN", "-: the peer closed the connection in the middle of a message"),
            ("STRING\n", "STRING: the peer closed the connection in the middle of a message"),
            ("STRING\nab", "STRING: the peer closed the connection in the middle of a message"),
            ("FAIL\nSTRING\na\n", "FAIL: fault"),
            (String(repeating: "x", count: 257), "-: the line is longer than 256 bytes"),
            (
                "STRING\n" + String(repeating: "x", count: 200),
                "STRING: the line is longer than 100 bytes"
            ),
        ],
        [false, true]
    )
    func faults(fault: (text: String, report: String), isQuick: Bool) async throws {
        try await withEndpoint(quick: isQuick) { _, port, events in
            #expect(await exchange(fault.text, port) == "")
            #expect(await events.first { _ in true } == fault.report)
        }
    }

    @Test("an unknown command closes the connection though the peer does not")
    func unknownCloses() async throws {
        let reply = try await withEndpoint { _, port, _ in
            await exchange("STRING\na\nNOPE\n", port, ends: false)
        }
        #expect(reply == "Thank you.\n")
    }

    @Test("a handler that ends the connection has its reply sent, and nothing is a fault")
    func connectionEnd() async throws {
        try await withEndpoint { endpoint, port, events in
            endpoint.addHandleFunc("BYE") { conn in
                try await conn.write("bye\n")
                throw Endpoint.ConnectionEnd()
            }
            #expect(await exchange("STRING\na\nBYE\n", port, ends: false) == "Thank you.\nbye\n")
            #expect(await exchange("NOPE\n", port) == "")
            // The first fault is the other command's.
            #expect(await events.first { _ in true } == "not registered: NOPE")
        }
    }

    @Test("handlers come and go while it listens")
    func addAndRemove() async throws {
        try await withEndpoint { endpoint, port, _ in
            #expect(await exchange("PING\n", port) == "")
            endpoint.addHandleFunc("PING") { try await $0.write("one\n") }
            #expect(await exchange("PING\n", port) == "one\n")
            endpoint.addHandleFunc("PING") { try await $0.write("two\n") }
            #expect(await exchange("PING\n", port) == "two\n")
            #expect(endpoint.names == ["FAIL", "NONE", "PING", "STRING"])
            #expect(endpoint.removeHandleFunc("PING"))
            #expect(!endpoint.removeHandleFunc("PING"))
            #expect(await exchange("PING\n", port) == "")
        }
    }

    @Test("a command that runs keeps its handler, whatever becomes of the name")
    func removedWhileRunning() async throws {
        try await withEndpoint { endpoint, port, events in
            let (started, continuation) = AsyncStream<Void>.makeStream()
            endpoint.addHandleFunc("HOLD") { conn in
                continuation.yield()
                _ = try await conn.readLine(limit: 100)
                try await conn.write("held\n")
            }
            let peer = try RawSocket.connecting(to: port)
            defer { peer.close() }
            peer.send("HOLD\n")
            for await _ in started { break }
            #expect(endpoint.removeHandleFunc("HOLD"))
            peer.send("x\nHOLD\n")
            #expect(await String(decoding: peer.readAll(), as: UTF8.self) == "held\n")
            #expect(await events.first { _ in true } == "not registered: HOLD")
        }
    }

    @Test("commands are answered while other handlers come and go")
    func churn() async throws {
        try await withEndpoint { endpoint, port, _ in
            let churning = (0..<4).map { number in
                Task {
                    while !Task.isCancelled {
                        endpoint.addHandleFunc("C\(number)") { _ in }
                        await Task.yield()
                        endpoint.removeHandleFunc("C\(number)")
                    }
                }
            }
            let text = String(repeating: "STRING\na\n", count: 100)
            for _ in 0..<20 {
                #expect(await exchange(text, port).count == 100 * "Thank you.\n".utf8.count)
            }
            for task in churning {
                task.cancel()
                await task.value
            }
        }
    }

    @Test(
        "each command that was answered is told where that is asked for",
        arguments: [true, false]
    )
    func answers(_ asks: Bool) async throws {
        var configuration = Endpoint.Configuration()
        configuration.reportsAnswers = asks
        let (events, continuation) = AsyncStream<String>.makeStream()
        let endpoint = Endpoint(configuration) { event in
            switch event {
            case .answered(_, let command, let time):
                continuation.yield(time > .zero ? command : "no time")
            case .closed(let status): continuation.yield("closed after \(status.messages)")
            case .accepted, .refused, .commandNotRegistered, .failed, .acceptFailed: break
            }
        }
        endpoint.addHandleFunc("A") { _ in }
        endpoint.addHandleFunc("B") { _ in }
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: Network())
        async let running: Void = endpoint.run(listener)
        #expect(await exchange("A\nB\nA\n", listener.addresses[0].port) == "")
        var told: [String] = []
        for await event in events {
            told.append(event)
            if event.hasPrefix("closed") { break }
        }
        #expect(told == (asks ? ["A", "B", "A"] : []) + ["closed after 3"])
        await listener.close()
        await running
    }

    @Test("a reset is no concern of other connections")
    func reset() async throws {
        try await withEndpoint { _, port, _ in
            let other = try RawSocket.connecting(to: port)
            defer { other.close() }
            for _ in 0..<50 {
                let peer = try RawSocket.connecting(to: port)
                peer.send("STRING\na\nSTR")
                peer.reset()
            }
            other.send("STRING\na\n")
            other.endInput()
            #expect(await String(decoding: other.readAll(), as: UTF8.self) == "Thank you.\n")
        }
    }

    @Test("1,000 connections at once, one command each on all of them")
    func thousand() async throws {
        try await withEndpoint { _, port, _ in
            let peers = try (0..<1000).map { _ in try RawSocket.connecting(to: port) }
            for peer in peers { peer.send("STRING\na\n") }
            for peer in peers { peer.endInput() }
            var replies: Set<String> = []
            for peer in peers {
                replies.insert(String(decoding: await peer.readAll(), as: UTF8.self))
                peer.close()
            }
            #expect(replies == ["Thank you.\n"])
        }
    }

    @Test("many clients at once, each with its own replies, on two loops")
    func manyClients() async throws {
        let network = Network(loops: 2)
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let host = try HostPort("\(listener.addresses[0])")
        let mixed = try await withServer(listener, echoLines) {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for client in 0..<50 {
                    group.addTask {
                        try await Dialer(on: network).withConn(host) { conn in
                            for message in 0..<20 {
                                let text = "\(client) \(message)"
                                try await conn.write(text + "\n")
                                let line = try await conn.readLine(limit: 100)
                                if line != Array(text.utf8) { return true }
                            }
                            return false
                        }
                    }
                }
                return try await group.reduce(false) { $0 || $1 }
            }
        }
        #expect(!mixed)
    }
}

/// Something that has happened, or not yet.
private final class OneSignal: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set() {
        state.withLock { $0 = true }
    }
}
