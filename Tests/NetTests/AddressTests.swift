import Net
import Testing

@Suite(.timeLimit(.minutes(5)))
struct AddressTests {
    @Test(
        "an address prints as it is written",
        arguments: zip(
            [
                "127.0.0.1", "255.255.255.255", "::1", "::", "2001:db8::1", "::ffff:127.0.0.1",
                "fe80::1%lo",
            ],
            [
                "127.0.0.1:61000", "255.255.255.255:61000", "[::1]:61000", "[::]:61000",
                "[2001:db8::1]:61000", "127.0.0.1:61000", "[fe80::1%lo]:61000",
            ],
        )
    )
    func prints(literal: String, printed: String) {
        #expect(Address(literal: literal, port: 61000)?.description == printed)
    }

    @Test(
        "no IP address",
        arguments: ["", "1", "1.2.3", "localhost", "1.2.3.4.5", ":::", "1.2.3.256"]
    )
    func notLiteral(text: String) {
        #expect(Address(literal: text, port: 1) == nil)
    }

    @Test("its parts")
    func parts() {
        let address = Address.ipv4(127, 0, 0, 1, port: 1)
        #expect(address.host == "127.0.0.1")
        #expect(address.with(port: 2).port == 2)
        #expect(address.isLoopback)
        #expect(Address.loopback(port: 5).map(\.description) == ["127.0.0.1:5", "[::1]:5"])
        #expect(!Address.ipv4(10, 0, 0, 1, port: 1).isLoopback)
        #expect(Address(literal: "10.0.0.1", port: 1) == .ipv4(10, 0, 0, 1, port: 1))
        #expect(Address(literal: "::1", port: 1) == .ipv6(0, 1, port: 1))
    }

    @Test("an IPv4 address in the form of IPv6 is that IPv4 address")
    func mapped() {
        let mapped = Address.ipv6(0, 0xffff_0a01_0203, port: 5)
        #expect(mapped == .ipv4(10, 1, 2, 3, port: 5))
        #expect(mapped.family == .ipv4)
        #expect(Address(literal: "::ffff:127.0.0.1", port: 1)?.isLoopback == true)
    }

    @Test("a unix socket has a path, no port, and can be reached from this machine only")
    func unix() async throws {
        let address = Address.unix("/run/a b")
        #expect(address.description == "unix:/run/a b")
        #expect(address.family == .unix)
        #expect(address.host == "/run/a b")
        #expect(address.port == 0)
        #expect(address.with(port: 5) == address)
        #expect(address.isLoopback)
        #expect(Address.unix("").description == "unix")
        #expect(try await Address.resolve(HostPort("unix:/run/a b")) == [address])
    }
}
