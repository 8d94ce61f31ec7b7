import Gob
package import Net

/// How much peers may ask of this side: options of the program.
package struct Limits: Sendable, Equatable {
    /// How many connections may be open at once.
    package var maxConnections = Listener.Configuration().connectionLimit
    /// How many of them may come from one IP address.
    package var maxConnectionsPerAddress = Listener.Configuration().connectionLimitPerAddress
    /// From where connections are taken; from anywhere where it is empty.
    package var allowed: [CIDR] = []
    /// The longest text of a STRING, in bytes: 1 MiB.
    package var maxLine = 1 << 20
    /// The longest message of a GOB, in bytes.
    package var maxMessage = GobLimits().messageSize
    /// How deep the values of a GOB may be nested.
    package var maxDepth = GobLimits().depth
    /// How long a connection may be silent between commands; `nil` for as long as it stays.
    package var idleTimeout = Endpoint.Configuration().idleTimeout
    /// How long a command may take to arrive whole; `nil` for as long as it takes.
    package var commandTimeout = Endpoint.Configuration().commandTimeout

    /// The defaults.
    package init() {}

    /// Has connections taken from these blocks of addresses only.
    ///
    /// - Throws: `NetError.badCIDR`.
    package mutating func allow(_ blocks: [String]) throws {
        allowed = try blocks.map { try CIDR($0) }
    }
}

extension Limits {
    /// Which connections are taken.
    var connections: Listener.Configuration {
        var configuration = Listener.Configuration()
        configuration.connectionLimit = maxConnections
        configuration.connectionLimitPerAddress = maxConnectionsPerAddress
        configuration.allowed = allowed
        return configuration
    }

    /// What a connection may do.
    var commands: Endpoint.Configuration {
        var configuration = Endpoint.Configuration()
        configuration.idleTimeout = idleTimeout
        configuration.commandTimeout = commandTimeout
        return configuration
    }

    /// What a gob stream may do.
    var gob: GobLimits {
        var limits = GobLimits()
        // Values take more than their messages, by the same factor as in the defaults.
        let factor = limits.memory / limits.messageSize
        limits.memory = max(limits.memory, maxMessage * factor)
        // As many as the longest message can hold.
        limits.elementCount = max(limits.elementCount, maxMessage)
        limits.messageSize = maxMessage
        limits.depth = maxDepth
        return limits
    }
}

extension Limits {
    /// An error in words, with the option that sets the limit that it is about.
    static func words(for error: any Error) -> String {
        "\(error)".harmless + (option(of: error).map { " (\($0))" } ?? "")
    }

    /// The option that sets the limit that an error is about; `nil` where it is about none.
    private static func option(of error: any Error) -> String? {
        switch error {
        case let error as NetError: error.option
        case let error as GobError: error.fault.option
        default: nil
        }
    }
}

extension Refusal {
    /// The option that decides it.
    var option: String {
        switch self {
        case .notAllowed: "--allow"
        case .tooManyConnections: "--max-connections"
        case .tooManyFromAddress: "--max-connections-per-address"
        }
    }
}

extension NetError {
    fileprivate var option: String? {
        switch self {
        case .lineTooLong: "--max-line"
        case .commandTooSlow, .replyNotTaken: "--command-timeout"
        case .idleTooLong: "--idle-timeout"
        case .badHost, .badCIDR, .cannotResolve, .cannotDial, .cannotListen, .cannotAccept,
            .closedInside, .connectionLost, .closed, .timedOut:
            nil
        }
    }
}

extension GobError.Fault {
    fileprivate var option: String? {
        guard case .limitExceeded(let limit, _) = self else { return nil }
        return switch limit {
        case .messageSize: "--max-message"
        case .depth: "--max-depth"
        case .elementCount, .typeCount, .definitionSize, .nameLength, .interfaceNameLength,
            .memory:
            nil
        }
    }
}
