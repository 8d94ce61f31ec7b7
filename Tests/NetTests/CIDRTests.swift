import Net
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CIDRTests {
    @Test(
        "which addresses a block has",
        arguments: [
            ("10.0.0.0/8", "10.0.0.0/8", ["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3"]),
            ("10.1.2.3", "10.1.2.3/32", ["10.1.2.3", "::ffff:10.1.2.3"]),
            ("0.0.0.0/0", "0.0.0.0/0", ["0.0.0.0", "255.255.255.255", "127.0.0.1"]),
            ("192.168.4.0/22", "192.168.4.0/22", ["192.168.4.0", "192.168.7.255"]),
            ("127.0.0.2/31", "127.0.0.2/31", ["127.0.0.2", "127.0.0.3"]),
            ("::ffff:10.0.0.0/104", "10.0.0.0/8", ["10.2.3.4", "::ffff:a02:304"]),
            ("::ffff:1.2.3.4", "1.2.3.4/32", ["1.2.3.4"]),
            ("::1", "::1/128", ["::1"]),
            ("fe80::/10", "fe80::/10", ["fe80::1", "febf:ffff::", "fe80::1%1"]),
            ("2001:db8::/32", "2001:db8::/32", ["2001:db8::", "2001:db8:ffff::1"]),
            ("2001:db8:0:8000::/65", "2001:db8:0:8000::/65", ["2001:db8:0:8000:7fff::"]),
            ("::/0", "::/0", ["::", "::1", "ffff::"]),
        ]
    )
    func members(_ text: String, _ shown: String, _ members: [String]) throws {
        let block = try CIDR(text)
        #expect(block.description == shown)
        #expect(try CIDR(shown) == block)
        for member in members {
            let address = try #require(Address(literal: member, port: 5))
            #expect(block.contains(address), "\(member)")
        }
    }

    @Test(
        "which addresses a block has not",
        arguments: [
            ("10.0.0.0/8", ["9.255.255.255", "11.0.0.0", "::10.0.0.0", "a00::"]),
            ("10.1.2.3", ["10.1.2.2", "10.1.2.4"]),
            ("0.0.0.0/0", ["::", "::1", "::127.0.0.1"]),
            ("127.0.0.2/31", ["127.0.0.1", "127.0.0.4"]),
            ("::/0", ["0.0.0.0", "127.0.0.1", "::ffff:1.2.3.4"]),
            ("::1", ["::", "::2", "127.0.0.1"]),
            ("fe80::/10", ["fec0::", "fe7f:ffff::"]),
            ("2001:db8:0:8000::/65", ["2001:db8:0:8000:8000::", "2001:db8:0:7fff::"]),
        ]
    )
    func others(_ text: String, _ others: [String]) throws {
        let block = try CIDR(text)
        for other in others {
            let address = try #require(Address(literal: other, port: 5))
            #expect(!block.contains(address), "\(other)")
        }
        #expect(!block.contains(.unix("/tmp/x")))
    }

    @Test(
        "what is no block is an error that says why",
        arguments: [
            ("", "it is no IP address, as 10.1.2.3 or fe80::1, or block, as 10.0.0.0/8"),
            ("localhost", "it is no IP address, as 10.1.2.3 or fe80::1, or block, as 10.0.0.0/8"),
            ("10.0.0/8", "it is no IP address, as 10.1.2.3 or fe80::1, or block, as 10.0.0.0/8"),
            ("[::1]", "it is no IP address, as 10.1.2.3 or fe80::1, or block, as 10.0.0.0/8"),
            ("fe80::1%1", "it is no IP address, as 10.1.2.3 or fe80::1, or block, as 10.0.0.0/8"),
            ("127.0.0.010", "the numbers of an IPv4 address have no leading zeros"),
            ("0x7f.0.0.1", "the numbers of an IPv4 address have no leading zeros"),
            ("10.0.0.0/", "after \"/\" comes the number of bits, from 0 to 32"),
            ("10.0.0.0/33", "after \"/\" comes the number of bits, from 0 to 32"),
            ("10.0.0.0/08", "after \"/\" comes the number of bits, from 0 to 32"),
            ("10.0.0.0/+8", "after \"/\" comes the number of bits, from 0 to 32"),
            ("10.0.0.0/255.0.0.0", "after \"/\" comes the number of bits, from 0 to 32"),
            ("10.0.0.0/8/8", "after \"/\" comes the number of bits, from 0 to 32"),
            ("::1/129", "after \"/\" comes the number of bits, from 0 to 128"),
            ("::1/-1", "after \"/\" comes the number of bits, from 0 to 128"),
            (
                "10.0.0.1/8",
                "it has bits beyond its length; the block is 10.0.0.0/8"
            ),
            ("fe80::1/10", "it has bits beyond its length; the block is fe80::/10"),
        ]
    )
    func errors(_ text: String, _ reason: String) async {
        let error = await netError { _ = try CIDR(text) }
        #expect(error == .badCIDR(text: text, reason: reason))
        #expect(error?.description == "\"\(text)\": \(reason)")
    }
}
