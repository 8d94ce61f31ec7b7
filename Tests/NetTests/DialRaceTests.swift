import Glibc
import Net
import Synchronization
import Testing

/// Dials of names with addresses of both families.
@Suite(.timeLimit(.minutes(5)))
struct DialRaceTests {
    private static let v4 = Address.ipv4(127, 0, 0, 1, port: 0)
    private static let v6 = Address.ipv6(0, 1, port: 0)
    /// An address of this machine where no test listens.
    private static let dead = Address.ipv4(127, 77, 0, 9, port: 0)

    /// A dialer for which every name has these addresses.
    private func dialer(_ addresses: [Address], on network: Network = Network()) -> Dialer {
        var dialer = Dialer(on: network, timeout: .seconds(240))
        dialer.resolver = Resolver { _, _ in addresses }
        return dialer
    }

    /// How many connections a listener has.
    private final class Connections: Sendable {
        let open = Mutex(0)
    }

    private func listening(at port: UInt16, _ network: Network) async throws -> Listener {
        try await Listener.listen(on: [Self.v6.with(port: port)], network: network)
    }

    @Test("the other family wins where the first one does not answer, and nothing else is left")
    func fallbackWins() async throws {
        try await BlackHole.with(at: [.ipv4]) { hole in
            let network = Network()
            let listener = try await listening(at: hole.port, network)
            var dialer = dialer([Self.v4, Self.v6], on: network)
            dialer.fallbackDelay = .milliseconds(20)
            let conn = try await dialer.dial("both:\(hole.port)")
            #expect(conn.remoteAddress == listener.addresses[0])
            #expect(try await hole.waitForAttempts(0))
            await conn.close()
            await listener.close()
        }
    }

    @Test("the other family begins at once when the first one has failed")
    func firstFails() async throws {
        let network = Network()
        let listener = try await listening(at: 0, network)
        var dialer = dialer([Self.dead, Self.v6], on: network)
        dialer.fallbackDelay = .seconds(3_600)
        let conn = try await dialer.dial("both:\(listener.addresses[0].port)")
        #expect(conn.remoteAddress == listener.addresses[0])
        await conn.close()
        await listener.close()
    }

    @Test("the first family wins where it answers within the delay")
    func firstWins() async throws {
        let network = Network()
        let listener = try await listening(at: 0, network)
        var dialer = dialer([Self.v6, Self.dead], on: network)
        dialer.fallbackDelay = .seconds(3_600)
        let conn = try await dialer.dial("both:\(listener.addresses[0].port)")
        #expect(conn.remoteAddress == listener.addresses[0])
        await conn.close()
        await listener.close()
    }

    @Test("without a race the next address has its turn when the share of the first is over")
    func oneAfterTheOther() async throws {
        try await BlackHole.with(at: [.ipv4]) { hole in
            let network = Network()
            let listener = try await listening(at: hole.port, network)
            let dead = (1...58).map { Address.ipv4(127, 77, 1, $0, port: 0) }
            var dialer = dialer([Self.v4] + dead + [Self.v6], on: network)
            dialer.timeout = .seconds(120)
            dialer.fallbackDelay = nil
            let start = ContinuousClock.now
            let conn = try await dialer.dial("many:\(hole.port)")
            #expect(conn.remoteAddress == listener.addresses[0])
            // An equal share for each of sixty.
            #expect(ContinuousClock.now - start >= .milliseconds(1_990))
            await conn.close()
            await listener.close()
        }
    }

    @Test("the error says what failed at each address, where that differs")
    func bothFail() async throws {
        // TCP has no multicast.
        let multicast = Address.ipv6(0xff02_0000_0000_0000, 1, port: 0)
        let error = await netError { _ = try await dialer([Self.dead, multicast]).dial("two:7") }
        let failures = [
            DialFailure(address: Self.dead.with(port: 7), cause: .refused),
            DialFailure(address: multicast.with(port: 7), cause: .system(errno: ENETUNREACH)),
        ]
        #expect(error == .cannotDial(host: "two:7", cause: .several(failures)))
        #expect(
            error?.description == "cannot dial \"two:7\": connection refused at 127.77.0.9:7, "
                + "network is unreachable at [ff02::1]:7"
        )
    }

    @Test("a failure that is the same everywhere is told once")
    func sameFailure() async {
        let other = Address.ipv4(127, 77, 0, 10, port: 0)
        let error = await netError { _ = try await dialer([Self.dead, other]).dial("dead:1") }
        #expect(error == .cannotDial(host: "dead:1", cause: .refused))
    }

    @Test(
        "a dial that is cancelled in the race ends at once, with nothing left",
        arguments: [0, 5, 50]
    )
    func cancel(afterMilliseconds: Int) async throws {
        try await BlackHole.with(at: [.ipv4, .ipv6]) { hole in
            var dialer = dialer([Self.v4, Self.v6])
            dialer.fallbackDelay = .milliseconds(2)
            try await expectToEndWhenCancelled(afterMilliseconds: afterMilliseconds) { [dialer] in
                _ = try await dialer.dial("both:\(hole.port)")
            }
            #expect(try await hole.waitForAttempts(0))
        }
    }

    @Test("both families are tried at the same time once the delay is over")
    func besideEachOther() async throws {
        try await BlackHole.with(at: [.ipv4, .ipv6]) { hole in
            var dialer = dialer([Self.v4, Self.v6])
            dialer.fallbackDelay = .milliseconds(1)
            let task = Task { [dialer] in try await dialer.dial("both:\(hole.port)") }
            let areBothTried = try await hole.waitForAttempts(2)
            #expect(areBothTried)
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("a dial cancelled when it is just connected leaves no connection")
    func cancelConnected() async throws {
        let network = Network()
        let listener = try await listening(at: 0, network)
        let connections = Connections()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await listener.serve { event in
                    switch event {
                    case .accepted: connections.open.withLock { $0 += 1 }
                    case .closed: connections.open.withLock { $0 -= 1 }
                    default: break
                    }
                } handler: { conn in
                    _ = try await conn.readLine(limit: 1)
                }
            }
            for number in 0..<100 {
                let dialer = dialer([Self.v6], on: network)
                let port = listener.addresses[0].port
                let task = Task { try await dialer.dial("one:\(port)") }
                for _ in 0..<number { await Task.yield() }
                task.cancel()
                if let conn = try? await task.value { await conn.close() }
            }
            let end = ContinuousClock.now + .seconds(30)
            while connections.open.withLock({ $0 }) > 0 {
                try #require(ContinuousClock.now < end)
                try await Task.sleep(for: .milliseconds(2))
            }
            await listener.close()
        }
    }

    struct Plan: CustomTestStringConvertible {
        let found: [Address]
        let first: [Address]
        let fallback: [Address]
        var testDescription: String { "\(found.map(\.host))" }
    }

    static let plans = [
        Plan(found: [v4], first: [v4], fallback: []),
        Plan(found: [v6, v4], first: [v6], fallback: [v4]),
        Plan(found: [v4, v6, dead], first: [v4, dead], fallback: [v6]),
        Plan(found: [v4, dead], first: [v4, dead], fallback: []),
    ]

    @Test("the plan is the first address's family, and beside it the other", arguments: plans)
    func plan(_ wanted: Plan) async throws {
        var dialer = dialer(wanted.found)
        let plan = try await dialer.plan(for: .tcp(host: "name", port: 5))
        #expect(plan.first == wanted.first.map { $0.with(port: 5) })
        #expect(plan.fallback == wanted.fallback.map { $0.with(port: 5) })
        #expect(plan.fallbackDelay == .milliseconds(300))
        dialer.fallbackDelay = nil
        let inTurn = try await dialer.plan(for: .tcp(host: "name", port: 5))
        #expect(inTurn.first == wanted.found.map { $0.with(port: 5) })
        #expect(inTurn.fallback.isEmpty)
    }
}
