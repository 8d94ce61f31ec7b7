import Net
import Synchronization
import Testing

/// A peer that answers so many STRINGs on each connection with `got TEXT`, then closes it.
struct Scripted: Sendable {
    /// How other peers reach it.
    let host: String
    let port: UInt16
    private let log: Log

    private final class Log: Sendable {
        let texts = Mutex<[String]>([])
        let hasSpoken = Mutex(false)
    }

    /// Runs something while it listens; `unasked` is what it says after the first reply, without
    /// having been asked.
    static func with<Result: Sendable>(
        replies: Int,
        unasked: String? = nil,
        isSilent: Bool = false,
        port: UInt16 = 0,
        _ body: @escaping @Sendable (Scripted) async throws -> Result,
    ) async throws -> Result {
        let log = Log()
        let endpoint = Endpoint { _ in }
        endpoint.addHandleFunc("STRING") { conn in
            var line = try await conn.readLine(limit: 1_000)
            for count in 1... {
                guard let text = line, count <= replies else { return await conn.close() }
                let string = String(decoding: text, as: UTF8.self)
                log.texts.withLock { $0.append(string) }
                if isSilent { return _ = try await conn.readLine(limit: 1_000) }
                try await conn.write("got \(string)\n")
                try await conn.flush()
                if count == replies { return await conn.close() }
                if let unasked, count == 1 {
                    try await conn.write(unasked)
                    try await conn.flush()
                    log.hasSpoken.withLock { $0 = true }
                }
                guard try await conn.readLine(limit: 1_000) != nil else { return }
                line = try await conn.readLine(limit: 1_000)
            }
        }
        let listener = try await Listener.listen(
            on: .tcp(host: "127.0.0.1", port: port),
            network: Network()
        )
        let address = try #require(listener.addresses.first)
        let scripted = Scripted(host: "\(address)", port: address.port, log: log)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                await endpoint.run(listener)
                return nil
            }
            group.addTask { try await body(scripted) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result {
                    await listener.close()
                    return result
                }
            }
            throw CancellationError()
        }
    }

    /// What was received.
    var received: [String] { log.texts.withLock { $0 } }

    /// Waits until it has spoken unasked.
    func waitUntilUnasked() async throws {
        try await wait { log.hasSpoken.withLock { $0 } }
    }

    /// Waits until it has received so many texts.
    func waitUntilReceived(_ count: Int) async throws {
        try await wait { received.count >= count }
    }

    /// Looks again and again, for 20 seconds at most.
    private func wait(for isSo: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while !isSo() {
            try #require(ContinuousClock.now < end)
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
