import Foundation
import Net
import Testing

/// What a dialer can be told.
@Suite(.timeLimit(.minutes(5)))
struct DialOptionTests {
    /// A resolver that nobody answers.
    private static let silent = Resolver { _, _ in
        try await Task.sleep(for: .seconds(3_600))
        return []
    }

    @Test("the look-up of the name is within the timeout")
    func slowName() async {
        var dialer = Dialer(on: Network(), timeout: .milliseconds(50))
        dialer.resolver = Self.silent
        let error = await netError { _ = try await dialer.dial("slow:1") }
        let cause = Cause.nameDoesNotResolve(reason: "timed out after 0.05 s")
        #expect(error == .cannotDial(host: "slow:1", cause: cause))
    }

    @Test("a cancelled dial does not wait for the name")
    func cancelledName() async throws {
        var dialer = Dialer(on: Network(), timeout: .seconds(240))
        dialer.resolver = Self.silent
        try await expectToEndWhenCancelled(afterMilliseconds: 5) { [dialer] in
            _ = try await dialer.dial("slow:1")
        }
    }

    @Test("an error of a resolver is told as it is")
    func failingResolver() async {
        struct Broken: Error, CustomStringConvertible {
            let description = "the list is lost"
        }
        var dialer = Dialer(on: Network())
        dialer.resolver = Resolver { _, _ in throw Broken() }
        let error = await netError { _ = try await dialer.dial("x:1") }
        let cause = Cause.nameDoesNotResolve(reason: "the list is lost")
        #expect(error == .cannotDial(host: "x:1", cause: cause))
    }

    @Test("a deadline ends a dial before the timeout does; after it nothing is tried")
    func deadline() async throws {
        try await BlackHole.with(at: [.ipv4]) { hole in
            let host = "127.0.0.1:\(hole.port)"
            var dialer = Dialer(on: Network(), timeout: .seconds(60))
            dialer.deadline = .now + .milliseconds(100)
            let error = await netError { _ = try await dialer.dial(host) }
            guard case .cannotDial(host, .timedOut(let time)) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(time <= .milliseconds(100))
            dialer.deadline = .now - .seconds(1)
            let late = await netError { _ = try await dialer.dial(host) }
            #expect(late?.description.contains("timed out after 0 s") == true)
        }
    }

    @Test("connections come from the local address")
    func localAddress() async throws {
        let network = Network()
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let port = listener.addresses[0].port
        var dialer = Dialer(on: network, timeout: .seconds(120))
        dialer.localAddress = .ipv4(127, 0, 0, 5, port: 0)
        let conn = try await dialer.dial("127.0.0.1:\(port)")
        #expect(conn.localAddress.host == "127.0.0.5")
        // Of a name's addresses those of its family are tried.
        dialer.resolver = Resolver { _, _ in Address.loopback(port: 0).reversed() }
        let other = try await dialer.dial("both:\(port)")
        #expect(other.remoteAddress == listener.addresses[0])
        // One with a port is that port.
        let free = try RawSocket.listening(backlog: 1)
        free.close()
        dialer.localAddress = conn.localAddress.with(port: free.port)
        let third = try await dialer.dial("127.0.0.1:\(port)")
        #expect(third.localAddress == dialer.localAddress)
        // The mapped forms of both are IPv4, too.
        dialer.localAddress = Address(literal: "::ffff:127.0.0.5", port: 0)
        let mapped = try await dialer.dial("[::ffff:127.0.0.1]:\(port)")
        #expect(mapped.localAddress.host == "127.0.0.5")
        for conn in [conn, other, third, mapped] { await conn.close() }
        await listener.close()
    }

    @Test("a local address that this machine does not have, or that reaches nothing, is named")
    func badLocalAddress() async throws {
        var dialer = Dialer(on: Network())
        dialer.localAddress = .ipv4(192, 0, 2, 1, port: 0)
        let missing = await netError { _ = try await dialer.dial("127.0.0.1:1") }
        #expect(
            missing?.description == "cannot dial \"127.0.0.1:1\": the local address 192.0.2.1 "
                + "cannot be had: cannot assign requested address"
        )
        let other = await netError { _ = try await dialer.dial("[::1]:1") }
        #expect(
            other?.description == "cannot dial \"[::1]:1\": it has no address of the same family "
                + "as the local address 192.0.2.1"
        )
        // A unix socket has nothing to do with it.
        let unix = await netError { _ = try await dialer.dial("unix:/no/such") }
        #expect(unix == .cannotDial(host: "unix:/no/such", cause: .system(errno: ENOENT)))
    }

    @Test("only addresses of the transport are dialled")
    func transport() async throws {
        let network = Network()
        let listener = try await Listener.listen(on: "127.0.0.1:0", network: network)
        let port = listener.addresses[0].port
        var dialer = Dialer(on: network, timeout: .seconds(120))
        dialer.resolver = Resolver { _, _ in Address.loopback(port: 0).reversed() }
        dialer.transport = .tcp4
        let conn = try await dialer.dial("both:\(port)")
        #expect(conn.remoteAddress == listener.addresses[0])
        await conn.close()
        await listener.close()
        dialer.transport = .tcp6
        let error = await netError { _ = try await dialer.dial("127.0.0.1:1") }
        let cause = Cause.nameDoesNotResolve(reason: "it has no IPv6 address")
        #expect(error == .cannotDial(host: "127.0.0.1:1", cause: cause))
    }
}
