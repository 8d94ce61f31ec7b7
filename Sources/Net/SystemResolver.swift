private import Glibc

extension Resolver {
    /// The system's: `/etc/hosts`, DNS, and what else it is set up to ask.
    ///
    /// Each look-up has a thread of its own; a task that is cancelled does not wait for the system
    /// to give up.
    public static let system = Resolver { name, transport in
        let answer = OneShot<[Address]>()
        let status = startThread {
            answer.deliver(Result { try askSystem(name, transport) })
        }
        guard status == 0 else {
            throw NetError.cannotResolve(host: name, reason: "\(Cause.system(errno: status))")
        }
        return try await answer.value()
    }
}

extension Address {
    /// An IP address from its text, `fe80::1%eth0` included; nothing is looked up.
    public init?(literal: String, port: UInt16) {
        // The system would also take "1" for 0.0.0.1.
        let numbers = literal.split(separator: ".", omittingEmptySubsequences: false)
        guard literal.contains(":") || numbers.count == 4,
            let address = try? askSystem(literal, .tcp, flags: AI_NUMERICHOST).first
        else { return nil }
        self = address.with(port: port)
    }

    /// The TCP port of a service, from the system's list, which is a local file.
    static func port(ofService name: String) -> UInt16? {
        addresses(host: nil, service: name, .tcp, flags: 0).addresses.first?.port
    }
}

/// Asks the system; this may take long.
private func askSystem(
    _ host: String,
    _ transport: Transport,
    flags: Int32 = 0,
) throws -> [Address] {
    let found = addresses(host: host, service: nil, transport, flags: flags)
    guard found.status == 0 else {
        throw NetError.cannotResolve(host: host, reason: found.reason)
    }
    return found.addresses
}

/// The system's `getaddrinfo`.
private func addresses(
    host: String?,
    service: String?,
    _ transport: Transport,
    flags: Int32,
) -> (addresses: [Address], status: Int32, reason: String) {
    var hints = addrinfo()
    hints.ai_family = transport.family
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = flags
    var first: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, service, &hints, &first)
    let failure = errno
    guard status == 0 else { return ([], status, reason(status, errno: failure)) }
    defer { freeaddrinfo(first) }
    var found: [Address] = []
    var next = first
    while let entry = next {
        if let address = Address(entry.pointee) { found.append(address) }
        next = entry.pointee.ai_next
    }
    return (found, 0, "")
}

private func reason(_ status: Int32, errno: Int32) -> String {
    if status == EAI_SYSTEM { return "\(Cause.system(errno: errno))" }
    let text = String(cString: gai_strerror(status))
    return text.prefix(1).lowercased() + text.dropFirst()
}

extension Transport {
    /// The family that the system is asked for.
    fileprivate var family: Int32 {
        switch self {
        case .tcp: AF_UNSPEC
        case .tcp4: AF_INET
        case .tcp6: AF_INET6
        }
    }
}

extension Address {
    fileprivate init?(_ entry: addrinfo) {
        guard let address = entry.ai_addr else { return nil }
        switch entry.ai_family {
        case AF_INET:
            self = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Address($0.pointee)
            }
        case AF_INET6:
            self = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                Address($0.pointee)
            }
        default: return nil
        }
    }
}
