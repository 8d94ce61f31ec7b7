import Net
import Testing

@Suite(.timeLimit(.minutes(5)))
struct HostPortTests {
    struct Good: CustomTestStringConvertible {
        let text, host: String
        let port: UInt16
        let printed: String
        var testDescription: String { text }
    }

    static let good = [
        Good(text: "name", host: "name", port: 61000, printed: "name:61000"),
        Good(text: "name:7", host: "name", port: 7, printed: "name:7"),
        Good(text: "1.2.3.4:5", host: "1.2.3.4", port: 5, printed: "1.2.3.4:5"),
        Good(text: "[::1]", host: "::1", port: 61000, printed: "[::1]:61000"),
        Good(text: "[::1]:9", host: "::1", port: 9, printed: "[::1]:9"),
        Good(text: "::1", host: "::1", port: 61000, printed: "[::1]:61000"),
        Good(text: "fe80::1%lo", host: "fe80::1%lo", port: 61000, printed: "[fe80::1%lo]:61000"),
        Good(text: ":65535", host: "", port: 65535, printed: ":65535"),
        Good(text: "name:http", host: "name", port: 80, printed: "name:80"),
    ]

    @Test("a host and a port", arguments: good)
    func parses(good: Good) throws {
        let host = try HostPort(good.text)
        #expect(host == .tcp(host: good.host, port: good.port))
        #expect(host.description == good.printed)
    }

    @Test(
        "a unix socket",
        arguments: ["/run/peer", "x", "/a b:c", String(repeating: "x", count: 107)]
    )
    func unix(path: String) throws {
        let host = try HostPort("unix:\(path)")
        #expect(host == .unix(path: path))
        #expect(host.description == "unix:\(path)")
    }

    @Test(
        "what is wrong with it",
        arguments: zip(
            [
                "", "localhost:99999", "localhost:0", "a b", "a:b:c", "[::1", "[name]:1", "[::1]x",
                "name:", "name:no-such-service", "name:-1", "unix:", "unix:a\0",
                "unix:" + String(repeating: "é", count: 54),
            ],
            [
                "no host", "port out of range (1 to 65535)", "port out of range (1 to 65535)",
                "a host has no spaces",
                "too many colons; an IPv6 address with a port is [ADDRESS]:PORT", "missing \"]\"",
                "no IPv6 address in the brackets", "\"]\" is followed by no \":\"",
                "no port after \":\"", "unknown service \"no-such-service\"",
                "unknown service \"-1\"", "no path after \"unix:\"",
                "a path has no byte of value 0",
                "the path of a unix socket has at most 107 bytes, not 108",
            ],
        )
    )
    func faults(text: String, reason: String) {
        #expect(throws: NetError.badHost(text: text, reason: reason)) { try HostPort(text) }
    }

    @Test("another default port, and port 0 to listen on")
    func options() throws {
        #expect(try HostPort("name", defaultPort: 5) == .tcp(host: "name", port: 5))
        #expect(try HostPort(":0", ports: 0...65535) == .tcp(host: "", port: 0))
    }

    @Test("errors are sentences that name the thing")
    func sentences() {
        let sentences: [(NetError, String)] = [
            (
                .badHost(text: "localhost:99999", reason: "port out of range (1 to 65535)"),
                "\"localhost:99999\": port out of range (1 to 65535)"
            ),
            (
                .cannotDial(host: "localhost:61000", cause: .refused),
                "cannot dial \"localhost:61000\": connection refused"
            ),
            (
                .cannotDial(host: "10.0.0.1:61000", cause: .timedOut(after: .seconds(10))),
                "cannot dial \"10.0.0.1:61000\": timed out after 10 s"
            ),
            (
                .cannotDial(host: "a:1", cause: .timedOut(after: .milliseconds(1500))),
                "cannot dial \"a:1\": timed out after 1.5 s"
            ),
            (
                .cannotDial(host: "nosuch:61000", cause: .nameDoesNotResolve(reason: "why")),
                "cannot dial \"nosuch:61000\": name does not resolve (why)"
            ),
            (
                .cannotListen(address: "[::1]:61000", cause: .addressInUse),
                "cannot listen on [::1]:61000: address already in use"
            ),
            (.cannotResolve(host: "x", reason: "why"), "cannot resolve \"x\": why"),
            (
                .cannotDial(
                    host: "a:1",
                    cause: .several([
                        DialFailure(address: .ipv6(0, 1, port: 1), cause: .refused),
                        DialFailure(
                            address: .ipv4(10, 0, 0, 1, port: 1),
                            cause: .timedOut(after: .milliseconds(4_900))
                        ),
                    ])
                ),
                "cannot dial \"a:1\": connection refused at [::1]:1, timed out after 4.9 s at "
                    + "10.0.0.1:1"
            ),
            (
                .cannotDial(
                    host: "a:1",
                    cause: .several(
                        (1...10).map {
                            DialFailure(address: .ipv4(10, 0, 0, $0, port: 1), cause: .refused)
                        }
                    )
                ),
                "cannot dial \"a:1\": "
                    + (1...8).map { "connection refused at 10.0.0.\($0):1, " }.joined()
                    + "and 2 more"
            ),
            (.lineTooLong(limit: 5), "the line is longer than 5 bytes"),
            (
                .connectionLost(cause: .reset),
                "the connection is lost: connection reset by peer"
            ),
        ]
        for (error, text) in sentences { #expect(error.description == text) }
    }
}
