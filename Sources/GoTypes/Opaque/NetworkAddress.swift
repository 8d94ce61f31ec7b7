/// An IP address as `netip.Addr` has it: of 4 or 16 bytes, the latter perhaps with a zone.
package struct NetworkAddress: Sendable, Hashable {
    let bytes: [UInt8]
    let zone: String

    private init(bytes: [UInt8], zone: String) {
        self.bytes = bytes
        self.zone = zone
    }

    /// What `Addr.MarshalBinary` writes: the address, then the zone; nothing for no address.
    package init?(bytes all: [UInt8]) {
        guard all.isEmpty || all.count == 4 || all.count >= 16,
            let zone = String(validating: all.dropFirst(16), as: UTF8.self)
        else { return nil }
        self.init(bytes: Array(all.prefix(16)), zone: zone)
    }

    /// The address in text: `192.0.2.1`, `fe80::1%eth0`; empty where there is none.
    package var text: String {
        if bytes.isEmpty { return "" }
        if bytes.count == 4 { return Self.dotted(bytes[...]) }
        let zone = self.zone.isEmpty ? "" : "%" + self.zone
        let isMapped = bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return (isMapped ? "::ffff:" + Self.dotted(bytes[12...]) : hexadecimal) + zone
    }

    private static func dotted(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { String($0) }.joined(separator: ".")
    }

    /// Groups of hexadecimal digits, the longest run of zero groups left out (RFC 5952).
    private var hexadecimal: String {
        let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        var longest = 0..<0
        var start = 0
        while start < 8 {
            let run = groups[start...].prefix { $0 == 0 }.count
            if run > max(1, longest.count) { longest = start..<start + run }
            start += max(1, run)
        }
        let words = groups.map { String($0, radix: 16) }
        guard !longest.isEmpty else { return words.joined(separator: ":") }
        return words[..<longest.lowerBound].joined(separator: ":") + "::"
            + words[longest.upperBound...].joined(separator: ":")
    }

    /// An address in text.
    package init?(text: String) {
        guard text.utf8.count <= 128 else { return nil }
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = parts[0].contains(":") ? Self.long(parts[0]) : Self.short(parts[0])
        else { return nil }
        let zone = parts.count == 2 ? String(parts[1]) : ""
        guard parts.count == 1 || bytes.count == 16 && !zone.isEmpty else { return nil }
        self.init(bytes: bytes, zone: zone)
    }

    private static func short(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let bytes = parts.compactMap { part in
            part.utf8.first == 0x30 && part.utf8.count > 1 || part.hasPrefix("+")
                ? nil : UInt8(part)
        }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    private static func long(_ text: Substring) -> [UInt8]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        let sides = halves.map { groups(of: $0) }
        guard let head = sides[0] else { return nil }
        guard sides.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = sides[1], head.count + tail.count < 16 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(of text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, group) in groups.enumerated() {
            if index == groups.count - 1, group.contains(".") {
                guard let last = short(group) else { return nil }
                bytes += last
                continue
            }
            guard 1...4 ~= group.utf8.count, !group.hasPrefix("+"),
                let value = UInt16(group, radix: 16)
            else { return nil }
            bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
        }
        return bytes
    }
}

/// Addresses with a port or a prefix, and the addresses of package net.
extension NetworkAddress {
    /// An `AddrPort`: the address, then the port, its low byte first.
    static func textWithPort(_ bytes: [UInt8]) -> String? {
        guard bytes.count >= 2, let address = NetworkAddress(bytes: Array(bytes.dropLast(2))) else {
            return nil
        }
        let port = Int(bytes[bytes.count - 2]) | Int(bytes[bytes.count - 1]) << 8
        if address.bytes.isEmpty { return "" }
        return address.bytes.count == 4 ? "\(address.text):\(port)" : "[\(address.text)]:\(port)"
    }

    /// A `Prefix`: the address, then the number of bits.
    static func textWithPrefix(_ bytes: [UInt8]) -> String? {
        guard let bits = bytes.last, let address = NetworkAddress(bytes: Array(bytes.dropLast()))
        else {
            return nil
        }
        return address.bytes.isEmpty ? "" : "\(address.text)/\(bits)"
    }

    static func bytes(ofAddress text: String) -> [UInt8]? {
        if text.isEmpty { return [] }
        return NetworkAddress(text: text).map { $0.bytes + Array($0.zone.utf8) }
    }

    static func bytes(ofAddressAndPort text: String) -> [UInt8]? {
        if text.isEmpty { return [0, 0] }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        var host = text[..<colon]
        let isLong = host.hasPrefix("[") && host.hasSuffix("]")
        if isLong { host = host.dropFirst().dropLast() }
        guard let address = bytes(ofAddress: String(host)), !address.isEmpty,
            (address.count > 4) == isLong, let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        return address + [UInt8(port & 0xFF), UInt8(port >> 8)]
    }

    static func bytes(ofPrefix text: String) -> [UInt8]? {
        if text.isEmpty { return [0] }
        guard let slash = text.lastIndex(of: "/"),
            let address = bytes(ofAddress: String(text[..<slash])),
            [4, 16].contains(address.count),
            let bits = UInt8(text[text.index(after: slash)...]), Int(bits) <= address.count * 8
        else { return nil }
        return address + [bits]
    }

    /// The text of a `net.IP`, which is a slice of bytes; `nil` where Go has none for it.
    package static func text(ofIP bytes: [UInt8]) -> String? {
        let isMapped = bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        guard [0, 4, 16].contains(bytes.count) else { return nil }
        return NetworkAddress(bytes: isMapped ? Array(bytes.suffix(4)) : bytes, zone: "").text
    }

    /// The bytes of a `net.IP`: always 16, as `net.ParseIP` gives them.
    package static func bytes(ofIP text: String) -> [UInt8]? {
        if text.isEmpty { return [] }
        guard let address = NetworkAddress(text: text), address.zone.isEmpty else { return nil }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        return address.bytes.count == 4 ? mapped + address.bytes : address.bytes
    }
}
