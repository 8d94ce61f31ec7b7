internal import Glibc
internal import NIOCore

/// Addresses as the system and SwiftNIO have them.
extension Address {
    /// The address in SwiftNIO's form.
    init?(_ address: SocketAddress?) {
        switch address {
        case .v4(let v4): self.init(v4.address)
        case .v6(let v6): self.init(v6.address)
        case .unixDomainSocket(let unix): self.init(unix.address)
        case nil: return nil
        }
    }

    init(_ address: sockaddr_in) {
        let bits = UInt32(bigEndian: address.sin_addr.s_addr)
        self.init(port: UInt16(bigEndian: address.sin_port), place: .v4(bits))
    }

    init(_ address: sockaddr_in6) {
        let (high, low) = withUnsafeBytes(of: address.sin6_addr) {
            ($0.load(as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self))
        }
        let zone = address.sin6_scope_id
        let place = Place.v6(UInt64(bigEndian: high), UInt64(bigEndian: low), zone: zone)
        self.init(port: UInt16(bigEndian: address.sin6_port), place: place)
    }

    init(_ address: sockaddr_un) {
        // A peer may have filled the whole of it, so that no 0 ends the path.
        let path = withUnsafeBytes(of: address.sun_path) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        self.init(port: 0, place: .unix(path: path))
    }

    /// An address that the system has written down; nil where nothing was.
    init?(_ address: sockaddr_storage) {
        var address = address
        let found: Address? = withUnsafeMutablePointer(to: &address) { pointer in
            let raw = UnsafeMutableRawPointer(pointer)
            return switch Int32(pointer.pointee.ss_family) {
            case AF_INET: Address(raw.assumingMemoryBound(to: sockaddr_in.self).pointee)
            case AF_INET6: Address(raw.assumingMemoryBound(to: sockaddr_in6.self).pointee)
            case AF_UNIX: Address(raw.assumingMemoryBound(to: sockaddr_un.self).pointee)
            default: nil
            }
        }
        guard let found else { return nil }
        self = found
    }

    /// Hands the address to a call of the system.
    func withSystemForm(_ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        socketAddress.withSockAddr { call($0, socklen_t($1)) }
    }

    /// The address in SwiftNIO's form.
    var socketAddress: SocketAddress {
        switch place {
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
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { bytes in
                bytes.copyBytes(from: path.utf8.prefix(Address.unixPathLimit))
            }
            return SocketAddress(address)
        }
    }
}

/// An IPv6 address as it is written.
func text(_ high: UInt64, _ low: UInt64) -> String {
    var address = systemForm(high, low)
    let capacity = Int(INET6_ADDRSTRLEN)
    return String(unsafeUninitializedCapacity: capacity) { buffer in
        let written = buffer.withMemoryRebound(to: CChar.self) {
            inet_ntop(AF_INET6, &address, $0.baseAddress, socklen_t(capacity))
        }
        return written == nil ? 0 : buffer.firstIndex(of: 0) ?? 0
    }
}

/// The zone of an IPv6 address as it is written after it: the name of the interface, or its number.
func zoneSuffix(_ zone: UInt32) -> String {
    guard zone != 0 else { return "" }
    var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
    guard let found = if_indextoname(zone, &name) else { return "%\(zone)" }
    return "%\(String(cString: found))"
}

private func systemForm(_ high: UInt64, _ low: UInt64) -> in6_addr {
    var address = in6_addr()
    withUnsafeMutableBytes(of: &address) {
        $0.storeBytes(of: high.bigEndian, as: UInt64.self)
        $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return address
}
