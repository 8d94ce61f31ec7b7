/// A host to dial or to listen on, as it is written: `name`, `name:port`, `1.2.3.4:5`, `[::1]:5`.
///
/// It is text only; `Address.resolve` finds the addresses.
public struct HostPort: Sendable, Hashable {
    /// A name or an IP address without brackets; empty means this machine, or every interface where
    /// something listens.
    public let host: String
    /// The port; 0 stands for any free one where something listens.
    public let port: UInt16

    /// A host and a port that are known apart.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads a host and perhaps a port, a number or the name of a service.
    ///
    /// - Parameters:
    ///   - text: `name`, `name:port`, `1.2.3.4:5`, `[v6]`, `[v6]:port`, a bare IPv6 address, or
    ///     `:port`.
    ///   - defaultPort: the port where the text names none.
    ///   - ports: the ports that may be named; with 0 where something listens.
    /// - Throws: `NetError.badHost` says what is wrong with which text.
    public init(
        _ text: String,
        defaultPort: UInt16 = 61000,
        ports: ClosedRange<UInt16> = 1...65535,
    ) throws {
        do {
            let (host, port) = try split(text)
            self.host = host
            self.port = try port.map { try number(of: $0, in: ports) } ?? defaultPort
        } catch let fault as Fault {
            throw NetError.badHost(text: text, reason: fault.reason)
        }
    }
}

extension HostPort: CustomStringConvertible {
    /// The host and the port, as they can be read again.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// What is wrong with the text.
private struct Fault: Error {
    let reason: String
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
