/// A block of IP addresses: `10.0.0.0/8`, `fe80::/10`, or one address alone.
///
/// `::ffff:a.b.c.d`, as which a socket of both families shows an IPv4 address, is that IPv4 address
/// everywhere.
public struct CIDR: Sendable, Hashable {
    /// The first address of the block, in the IPv6 form.
    private let first: Bits
    /// How many leading bits of the IPv6 form the addresses share.
    private let length: Int

    /// Reads a block.
    ///
    /// - Throws: `NetError.badCIDR` says what is wrong with which text.
    public init(_ text: String) throws {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        do {
            let address = try address(parts[0])
            // The first 96 bits of the IPv6 form say that it is IPv4.
            let offset = parts[0].contains(":") ? 0 : 96
            let length = try parts.dropFirst().first.map { try number($0, upTo: 128 - offset) }
            let first = Bits(address)
            self.length = length.map { $0 + offset } ?? 128
            self.first = first.prefix(self.length)
            guard first == self.first else { throw Fault(reason: hint(self)) }
        } catch let fault as Fault {
            throw NetError.badCIDR(text: text, reason: fault.reason)
        }
    }

    /// Whether the address is in the block; a unix socket is in none.
    public func contains(_ address: Address) -> Bool {
        address.family == family && Bits(address).prefix(length) == first
    }

    private var family: Address.Family { length >= 96 ? first.address.family : .ipv6 }
}

extension CIDR: CustomStringConvertible {
    /// The block as it can be read again, with the number of bits.
    public var description: String {
        "\(first.address.host)/\(family == .ipv4 ? length - 96 : length)"
    }
}

/// The 128 bits of an IPv6 address.
private struct Bits: Hashable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ address: Address) {
        switch address.place {
        case .v4(let bits): self.init(high: 0, low: 0xffff << 32 | UInt64(bits))
        case .v6(let high, let low, _): self.init(high: high, low: low)
        case .unix: self.init(high: 0, low: 0)
        }
    }

    var address: Address { .ipv6(high, low, port: 0) }

    /// The first bits, and zeros after them.
    func prefix(_ length: Int) -> Bits {
        // A shift by 64 leaves nothing.
        let highMask = UInt64.max << UInt64(64 - min(length, 64))
        let lowMask = UInt64.max << UInt64(128 - max(length, 64))
        return Bits(high: high & highMask, low: low & lowMask)
    }
}

/// What is wrong with the text.
private struct Fault: Error {
    let reason: String
}

private func address(_ text: Substring) throws -> Address {
    guard !text.contains("%"), let address = Address(literal: String(text), port: 0) else {
        throw Fault(reason: "it is no IP address, as 10.1.2.3 or fe80::1, or block, as 10.0.0.0/8")
    }
    // The system would take 010 for 8.
    guard text.contains(":") || address.host == text else {
        throw Fault(reason: "the numbers of an IPv4 address have no leading zeros")
    }
    return address
}

private func number(_ text: Substring, upTo limit: Int) throws -> Int {
    guard let number = Int(text), "\(number)" == text, 0...limit ~= number else {
        throw Fault(reason: "after \"/\" comes the number of bits, from 0 to \(limit)")
    }
    return number
}

private func hint(_ block: CIDR) -> String {
    "it has bits beyond its length; the block is \(block)"
}
