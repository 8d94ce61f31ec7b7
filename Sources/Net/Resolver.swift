private import Glibc

extension Address {
    /// Finds the addresses of a host, in the order in which they are to be tried.
    ///
    /// IP addresses are taken as they are. A name is looked up by the system on a thread of its own;
    /// a task that is cancelled does not wait for the system to give up.
    ///
    /// - Parameters:
    ///   - host: a name, an IP address, or nothing for this machine.
    ///   - port: the port that every address gets.
    /// - Returns: at least one address, and none twice.
    /// - Throws: `NetError.cannotResolve`, or `CancellationError`.
    public static func resolve(_ host: String, port: UInt16) async throws -> [Address] {
        try Task.checkCancellation()
        if host.isEmpty { return loopback(port: port) }
        if let literal = Address(literal: host, port: port) { return [literal] }
        let answer = OneShot<[Address]>()
        let status = startThread {
            answer.deliver(Result { try lookUp(host, port: port) })
        }
        guard status == 0 else {
            throw NetError.cannotResolve(host: host, reason: "\(Cause.system(errno: status))")
        }
        return try await answer.value()
    }

    /// Finds the addresses of a host as it is written, as the other `resolve` does; a unix socket
    /// is its own.
    public static func resolve(_ host: HostPort) async throws -> [Address] {
        switch host {
        case .tcp(let name, let port): try await resolve(name, port: port)
        case .unix(let path): [.unix(path)]
        }
    }

    /// An IP address from its text, `fe80::1%eth0` included; nothing is looked up.
    public init?(literal: String, port: UInt16) {
        // The system would also take "1" for 0.0.0.1.
        let numbers = literal.split(separator: ".", omittingEmptySubsequences: false)
        guard literal.contains(":") || numbers.count == 4,
            let address = try? lookUp(literal, port: port, flags: AI_NUMERICHOST).first
        else { return nil }
        self = address
    }

    /// The TCP port of a service, from the system's list, which is a local file.
    static func port(ofService name: String) -> UInt16? {
        addresses(host: nil, service: name, flags: 0).addresses.first?.port
    }
}

/// Asks the system; this may take long.
private func lookUp(_ host: String, port: UInt16, flags: Int32 = 0) throws -> [Address] {
    let found = addresses(host: host, service: nil, flags: flags)
    guard found.status == 0 else {
        throw NetError.cannotResolve(host: host, reason: found.reason)
    }
    guard !found.addresses.isEmpty else {
        throw NetError.cannotResolve(host: host, reason: "no IP address")
    }
    return found.addresses.map { $0.with(port: port) }
}

/// The system's `getaddrinfo`, with each address once.
private func addresses(
    host: String?,
    service: String?,
    flags: Int32,
) -> (addresses: [Address], status: Int32, reason: String) {
    var hints = addrinfo()
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
        if let address = Address(entry.pointee), !found.contains(address) { found.append(address) }
        next = entry.pointee.ai_next
    }
    return (found, 0, "")
}

private func reason(_ status: Int32, errno: Int32) -> String {
    if status == EAI_SYSTEM { return "\(Cause.system(errno: errno))" }
    let text = String(cString: gai_strerror(status))
    return text.prefix(1).lowercased() + text.dropFirst()
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
