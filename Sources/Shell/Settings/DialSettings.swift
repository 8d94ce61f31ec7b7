package import Net

extension Setting {
    static let fallbackDelay = Setting(
        name: "fallback-delay",
        takes: "DURATION|off",
        values: ["off"],
        wants: "a duration, as 300ms, or off",
        summary: "when IPv4 is tried beside IPv6",
        show: { $0.fallbackDelay?.word ?? "off" },
        take: taking({ FallbackDelay($0) }) { $0.fallbackDelay = $1.duration }
    )

    static let localAddress = Setting(
        name: "local-address",
        takes: "ADDRESS|any",
        values: ["any"],
        wants: "an IP address of this machine, with a port or without, or any",
        summary: "where connections come from",
        show: { LocalAddress($0.localAddress).word },
        take: taking({ LocalAddress($0) }) { $0.localAddress = $1.address }
    )
}

/// How long the first family of a peer's addresses is tried alone; or `off`.
package struct FallbackDelay: Sendable {
    /// The time; `nil` where the families are tried one after the other.
    package let duration: Duration?

    /// The default, as Go has it.
    package static let standard = FallbackDelay(duration: .milliseconds(300))

    private init(duration: Duration?) {
        self.duration = duration
    }

    /// Reads a time, or `off`.
    package init?(_ text: String) {
        if text == "off" {
            duration = nil
            return
        }
        guard let duration = Duration(text: text) else { return nil }
        self.duration = duration
    }
}

/// The address that connections come from; or `any`.
package struct LocalAddress: Sendable {
    /// The address, its port 0 for any; `nil` where the system chooses.
    package let address: Address?

    /// An address, or any.
    package init(_ address: Address?) {
        self.address = address
    }

    /// Reads an IP address, with a port or without, or `any`.
    package init?(_ text: String) {
        if text == "any" {
            address = nil
            return
        }
        guard case .tcp(let host, let port) = try? HostPort(text, defaultPort: 0, ports: 0...65535),
            let address = Address(literal: host, port: port)
        else { return nil }
        self.address = address
    }

    /// The address as a word that can be typed again.
    package var word: String { address?.hostAndAnyPort ?? "any" }
}

extension Dialer {
    /// A dialer by the settings.
    init(on network: Network, _ settings: Settings) {
        self.init(on: network, timeout: settings.timeout, keepAlive: settings.keepAlive)
        localAddress = settings.localAddress
        fallbackDelay = settings.fallbackDelay
    }
}
