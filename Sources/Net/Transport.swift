/// Which IP addresses of a host count, by Go's names of networks.
public enum Transport: String, Sendable, Hashable, CaseIterable {
    /// TCP over IPv4 or IPv6.
    case tcp
    /// TCP over IPv4 only.
    case tcp4
    /// TCP over IPv6 only.
    case tcp6

    /// Whether an address is one of those.
    public func admits(_ address: Address) -> Bool {
        switch (self, address.family) {
        case (.tcp, .ipv4), (.tcp, .ipv6), (.tcp4, .ipv4), (.tcp6, .ipv6): true
        case (.tcp4, .ipv6), (.tcp6, .ipv4), (_, .unix): false
        }
    }

    /// What its addresses are called.
    var addressName: String {
        switch self {
        case .tcp: "IP"
        case .tcp4: "IPv4"
        case .tcp6: "IPv6"
        }
    }
}
