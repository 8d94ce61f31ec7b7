/// The address of a socket: an IPv4 or IPv6 address with a port, or a unix socket's path.
public struct Address: Sendable, Hashable {
    /// The kinds of addresses.
    public enum Family: Sendable, Hashable {
        case ipv4
        case ipv6
        case unix
    }

    /// The port; 0 stands for any free one where something listens, and for none of a unix socket.
    public let port: UInt16
    let place: Place

    /// Where the socket is, an IP address's bytes in the order of the network.
    enum Place: Hashable {
        case v4(UInt32)
        case v6(UInt64, UInt64, zone: UInt32)
        /// The path is empty for a socket without a name, as that of a client mostly is.
        case unix(path: String)
    }

    init(port: UInt16, place: Place) {
        self.port = port
        // An IPv4 address that a socket of both families shows as `::ffff:a.b.c.d` is that IPv4
        // address.
        if case .v6(0, let low, _) = place, low >> 32 == 0xffff {
            self.place = .v4(UInt32(truncatingIfNeeded: low))
        } else {
            self.place = place
        }
    }

    /// An IPv4 address, such as 127.0.0.1.
    public static func ipv4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, port: UInt16) -> Self {
        let bits = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
        return Address(port: port, place: .v4(bits))
    }

    /// An IPv6 address, from its first and last 64 bits; `zone` is the number of its interface.
    ///
    /// `::ffff:a.b.c.d` is the IPv4 address in it.
    public static func ipv6(_ high: UInt64, _ low: UInt64, zone: UInt32 = 0, port: UInt16) -> Self {
        Address(port: port, place: .v6(high, low, zone: zone))
    }

    /// A unix socket, from its path of at most ``unixPathLimit`` bytes, none of which is 0.
    public static func unix(_ path: String) -> Self {
        precondition(path.utf8.count <= unixPathLimit, "the path of a unix socket is too long")
        precondition(!path.utf8.contains(0), "the path of a unix socket has a byte of value 0")
        return Address(port: 0, place: .unix(path: path))
    }

    /// The longest path of a unix socket in bytes: what the system's address has room for.
    public static let unixPathLimit = 107

    /// This machine, reachable from itself only: 127.0.0.1 and ::1.
    public static func loopback(port: UInt16) -> [Self] {
        [.ipv4(127, 0, 0, 1, port: port), .ipv6(0, 1, port: port)]
    }

    /// Stands for the address of a peer that broke its connection off before the system was asked.
    public static let unknown = Address.ipv4(0, 0, 0, 0, port: 0)

    /// The same address with another port; a unix socket's stays as it is.
    public func with(port: UInt16) -> Self {
        family == .unix ? self : Address(port: port, place: place)
    }

    /// Its kind.
    public var family: Family {
        switch place {
        case .v4: .ipv4
        case .v6: .ipv6
        case .unix: .unix
        }
    }

    /// Whether only this machine can reach the address.
    public var isLoopback: Bool {
        switch place {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let high, let low, _): high == 0 && low == 1
        case .unix: true
        }
    }

    /// The address without the port, as it is written alone: `127.0.0.1`, `::1`, `fe80::1%eth0`; or
    /// the path.
    public var host: String {
        switch place {
        case .v4(let bits):
            "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
        case .v6(let high, let low, let zone):
            text(high, low) + zoneSuffix(zone)
        case .unix(let path): path
        }
    }

    /// The address as it is written where its port may be any: `10.0.0.1`, `10.0.0.1:5000`.
    package var hostAndAnyPort: String { port == 0 ? host : description }
}

extension Address: CustomStringConvertible {
    /// The address with its port: `127.0.0.1:61000`, `[::1]:61000`; `unix:/run/peer`, or `unix` for
    /// a unix socket without a name.
    public var description: String {
        if self == .unknown { return "(unknown address)" }
        switch family {
        case .ipv4: return "\(host):\(port)"
        case .ipv6: return "[\(host)]:\(port)"
        case .unix: return host.isEmpty ? "unix" : "unix:\(host)"
        }
    }
}
