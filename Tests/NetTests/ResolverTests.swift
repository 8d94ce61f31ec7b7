import Net
import Testing

/// How the addresses of a host are found.
@Suite(.timeLimit(.minutes(5)))
struct ResolverTests {
    struct Case: CustomTestStringConvertible {
        let host: String
        let transport: Transport
        let found: [String]
        var testDescription: String { "\(transport) \(host)" }
    }

    static let cases = [
        Case(host: "10.1.2.3", transport: .tcp, found: ["10.1.2.3:61000"]),
        Case(host: "10.1.2.3:7", transport: .tcp4, found: ["10.1.2.3:7"]),
        Case(host: "10.1.2.3:http", transport: .tcp4, found: ["10.1.2.3:80"]),
        Case(host: "[::1]:7", transport: .tcp6, found: ["[::1]:7"]),
        Case(host: "fe80::1%lo", transport: .tcp, found: ["[fe80::1%lo]:61000"]),
        // A mapped address is an IPv4 address, as in Go.
        Case(host: "[::ffff:10.1.2.3]:7", transport: .tcp4, found: ["10.1.2.3:7"]),
        Case(host: ":7", transport: .tcp, found: ["127.0.0.1:7", "[::1]:7"]),
        Case(host: ":7", transport: .tcp4, found: ["127.0.0.1:7"]),
        Case(host: ":7", transport: .tcp6, found: ["[::1]:7"]),
        Case(host: "both:7", transport: .tcp, found: ["[2001:db8::1]:7", "192.0.2.1:7"]),
        Case(host: "both:7", transport: .tcp4, found: ["192.0.2.1:7"]),
        Case(host: "both:7", transport: .tcp6, found: ["[2001:db8::1]:7"]),
        Case(host: "unix:/run/x", transport: .tcp4, found: ["unix:/run/x"]),
    ]

    /// Knows one name; says everything twice.
    private static let resolver = Resolver { name, _ in
        guard name == "both" else { throw NetError.cannotResolve(host: name, reason: "no") }
        let literals = ["2001:db8::1", "192.0.2.1", "2001:db8::1", "192.0.2.1"]
        return literals.compactMap { Address(literal: $0, port: 0) }
    }

    @Test("the addresses of a host over a transport, none twice", arguments: cases)
    func found(_ wanted: Case) async throws {
        let host = try HostPort(wanted.host)
        let found = try await Address.resolve(host, over: wanted.transport, with: Self.resolver)
        #expect(found.map(\.description) == wanted.found)
    }

    @Test(
        "an address of the other family is none",
        arguments: [
            ("10.1.2.3", Transport.tcp6, "it has no IPv6 address"),
            ("::1", .tcp4, "it has no IPv4 address"),
            ("::ffff:10.1.2.3", .tcp6, "it has no IPv6 address"),
            ("nobody", .tcp, "no"),
        ]
    )
    func notFound(_ host: String, _ transport: Transport, _ reason: String) async {
        let error = await netError {
            let host = HostPort.tcp(host: host, port: 1)
            _ = try await Address.resolve(host, over: transport, with: Self.resolver)
        }
        #expect(error == .cannotResolve(host: host, reason: reason))
    }

    @Test("the system knows this machine by its name, and says where it does not know one")
    func system() async throws {
        let loopback = Address.ipv4(127, 0, 0, 1, port: 7)
        let host = try HostPort("localhost:7")
        #expect(try await Address.resolve(host).contains(loopback))
        #expect(try await Address.resolve(host, over: .tcp4) == [loopback])
        let error = await netError {
            _ = try await Address.resolve(.tcp(host: "no such name", port: 1))
        }
        guard case .cannotResolve("no such name", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a cancelled task does not resolve")
    func cancelled() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Address.resolve(HostPort("localhost:1"))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
