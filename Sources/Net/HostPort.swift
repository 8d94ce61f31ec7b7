/// A host to dial or to listen on, as it is written: `name`, `name:port`, `1.2.3.4:5`, `[::1]:5`,
/// `unix:/run/peer`.
///
/// It is text only; `Address.resolve` finds the addresses.
public enum HostPort: Sendable, Hashable {
    /// A name or an IP address without brackets, and a port.
    ///
    /// An empty host means this machine, or every interface where something listens; the port 0
    /// stands for any free one there.
    case tcp(host: String, port: UInt16)
    /// The path of a unix socket.
    case unix(path: String)

    /// Reads a host and perhaps a port, a number or the name of a service.
    ///
    /// - Parameters:
    ///   - text: `name`, `name:port`, `1.2.3.4:5`, `[v6]`, `[v6]:port`, a bare IPv6 address,
    ///     `:port`, or `unix:PATH`.
    ///   - defaultPort: the port where the text names none.
    ///   - ports: the ports that may be named; with 0 where something listens.
    /// - Throws: `NetError.badHost` says what is wrong with which text.
    public init(
        _ text: String,
        defaultPort: UInt16 = 61000,
        ports: ClosedRange<UInt16> = 1...65535,
    ) throws {
        do {
            if text.hasPrefix("unix:") {
                self = .unix(path: try unixPath(text.dropFirst("unix:".count)))
            } else {
                let (host, port) = try split(text)
                let known = try port.map { try number(of: $0, in: ports) }
                self = .tcp(host: host, port: known ?? defaultPort)
            }
        } catch let fault as Fault {
            throw NetError.badHost(text: text, reason: fault.reason)
        }
    }
}

extension HostPort: CustomStringConvertible {
    /// The host and the port, as they can be read again.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}

/// What is wrong with the text.
private struct Fault: Error {
    let reason: String
}

private func unixPath(_ path: Substring) throws -> String {
    if path.isEmpty { throw Fault(reason: "no path after \"unix:\"") }
    if path.utf8.contains(0) { throw Fault(reason: "a path has no byte of value 0") }
    guard path.utf8.count <= Address.unixPathLimit else {
        let limit = Address.unixPathLimit
        throw Fault(
            reason: "the path of a unix socket has at most \(limit) bytes, not \(path.utf8.count)"
        )
    }
    return String(path)
}

private func split(_ text: String) throws -> (host: String, port: Substring?) {
    if text.isEmpty { throw Fault(reason: "no host") }
    if text.contains(where: \.isWhitespace) { throw Fault(reason: "a host has no spaces") }
    if text.hasPrefix("[") { return try splitBracketed(text) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return (text, nil)
    case 2: return (String(parts[0]), parts[1])
    default:
        guard isIPv6(text) else {
            throw Fault(reason: "too many colons; an IPv6 address with a port is [ADDRESS]:PORT")
        }
        return (text, nil)
    }
}

private func splitBracketed(_ text: String) throws -> (host: String, port: Substring?) {
    guard let end = text.firstIndex(of: "]") else { throw Fault(reason: "missing \"]\"") }
    let host = String(text[text.index(after: text.startIndex)..<end])
    guard isIPv6(host) else { throw Fault(reason: "no IPv6 address in the brackets") }
    let rest = text[text.index(after: end)...]
    if rest.isEmpty { return (host, nil) }
    guard rest.hasPrefix(":") else { throw Fault(reason: "\"]\" is followed by no \":\"") }
    return (host, rest.dropFirst())
}

private func isIPv6(_ text: String) -> Bool {
    text.contains(":") && Address(literal: text, port: 0) != nil
}

private func number(of port: Substring, in ports: ClosedRange<UInt16>) throws -> UInt16 {
    if port.isEmpty { throw Fault(reason: "no port after \":\"") }
    guard port.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
        guard let number = Address.port(ofService: String(port)) else {
            throw Fault(reason: "unknown service \"\(port)\"")
        }
        return number
    }
    guard let number = UInt16(port), ports.contains(number) else {
        throw Fault(reason: "port out of range (\(ports.lowerBound) to \(ports.upperBound))")
    }
    return number
}
