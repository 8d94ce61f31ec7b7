internal import Glibc
internal import NIOCore

/// The address of a socket: an IPv4 or IPv6 address with a port.
public struct Address: Sendable, Hashable {
    /// The port; 0 stands for any free one where something listens.
    public let port: UInt16
    private let ip: IP

    /// The two families, with the address's bytes in the order of the network.
    private enum IP: Hashable {
        case v4(UInt32)
        case v6(UInt64, UInt64, zone: UInt32)
    }

    /// An IPv4 address, such as 127.0.0.1.
    public static func ipv4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, port: UInt16) -> Self {
        let bits = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
        return Address(port: port, ip: .v4(bits))
    }

    /// An IPv6 address, from its first and last 64 bits; `zone` is the number of its interface.
    public static func ipv6(_ high: UInt64, _ low: UInt64, zone: UInt32 = 0, port: UInt16) -> Self {
        Address(port: port, ip: .v6(high, low, zone: zone))
    }

    /// This machine, reachable from itself only: 127.0.0.1 and ::1.
    public static func loopback(port: UInt16) -> [Self] {
        [.ipv4(127, 0, 0, 1, port: port), .ipv6(0, 1, port: port)]
    }

    /// Stands for the address of a peer that broke its connection off before the system was asked.
    public static let unknown = Address.ipv4(0, 0, 0, 0, port: 0)

    /// The same address with another port.
    public func with(port: UInt16) -> Self {
        Address(port: port, ip: ip)
    }

    /// Whether only this machine can reach the address.
    public var isLoopback: Bool {
        switch unmapped {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let high, let low, _): high == 0 && low == 1
        }
    }

    /// The address without the port, as it is written alone: `127.0.0.1`, `::1`, `fe80::1%eth0`.
    public var host: String {
        switch unmapped {
        case .v4(let bits):
            "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
        case .v6(let high, let low, let zone):
            text(high, low) + zoneSuffix(zone)
        }
    }

    /// An IPv4 address that a socket of both families shows as `::ffff:a.b.c.d` is that IPv4
    /// address.
    private var unmapped: IP {
        guard case .v6(0, let low, _) = ip, low >> 32 == 0xffff else { return ip }
        return .v4(UInt32(truncatingIfNeeded: low))
    }

    private var isIPv4: Bool {
        guard case .v4 = unmapped else { return false }
        return true
    }
}

extension Address: CustomStringConvertible {
    /// The address with its port: `127.0.0.1:61000`, `[::1]:61000`.
    public var description: String {
        if self == .unknown { return "(unknown address)" }
        return isIPv4 ? "\(host):\(port)" : "[\(host)]:\(port)"
    }
}

extension Address {
    /// The address in the system's form.
    init?(_ address: SocketAddress?) {
        switch address {
        case .v4(let v4): self.init(v4.address)
        case .v6(let v6): self.init(v6.address)
        case .unixDomainSocket, nil: return nil
        }
    }

    init(_ address: sockaddr_in) {
        let bits = UInt32(bigEndian: address.sin_addr.s_addr)
        self.init(port: UInt16(bigEndian: address.sin_port), ip: .v4(bits))
    }

    init(_ address: sockaddr_in6) {
        let (high, low) = withUnsafeBytes(of: address.sin6_addr) {
            ($0.load(as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self))
        }
        let zone = address.sin6_scope_id
        let ip = IP.v6(UInt64(bigEndian: high), UInt64(bigEndian: low), zone: zone)
        self.init(port: UInt16(bigEndian: address.sin6_port), ip: ip)
    }

    /// The address in SwiftNIO's form.
    var socketAddress: SocketAddress {
        switch ip {
        case .v4(let bits):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = bits.bigEndian
            return SocketAddress(address, host: "")
        case .v6(let high, let low, let zone):
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = systemForm(high, low)
            address.sin6_scope_id = zone
            return SocketAddress(address, host: "")
        }
    }
}

private func systemForm(_ high: UInt64, _ low: UInt64) -> in6_addr {
    var address = in6_addr()
    withUnsafeMutableBytes(of: &address) {
        $0.storeBytes(of: high.bigEndian, as: UInt64.self)
        $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return address
}

private func text(_ high: UInt64, _ low: UInt64) -> String {
    var address = systemForm(high, low)
    let capacity = Int(INET6_ADDRSTRLEN)
    return String(unsafeUninitializedCapacity: capacity) { buffer in
        let written = buffer.withMemoryRebound(to: CChar.self) {
            inet_ntop(AF_INET6, &address, $0.baseAddress, socklen_t(capacity))
        }
        return written == nil ? 0 : buffer.firstIndex(of: 0) ?? 0
    }
}

private func zoneSuffix(_ zone: UInt32) -> String {
    guard zone != 0 else { return "" }
    var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
    guard let found = if_indextoname(zone, &name) else { return "%\(zone)" }
    return "%\(String(cString: found))"
}
