import ArgumentParser
import Shell

/// The options of the connections that this side makes.
struct DialOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The most for a dial, and for a reply.", valueName: "duration"))
    var timeout = DurationOption(duration: .seconds(10))

    @Option(
        help: ArgumentHelp(
            "How long a connection is silent before its peer is asked for a sign of life; or off.",
            valueName: "duration"
        )
    )
    var keepAlive = KeepAlive.standard

    @Option(
        help: ArgumentHelp(
            "The IP address of this machine that connections come from, with a port or without.",
            valueName: "address"
        )
    )
    var localAddress = LocalAddress(nil)

    @Option(
        help: ArgumentHelp(
            "How long a peer's first family, mostly IPv6, is tried without the other one; or off.",
            valueName: "duration"
        )
    )
    var fallbackDelay = FallbackDelay.standard

    func validate() throws {
        if timeout.duration <= .zero { throw ValidationError("--timeout must be above 0") }
    }

    /// Sets what was given.
    func apply(to settings: inout Settings) {
        settings.timeout = timeout.duration
        settings.keepAlive = keepAlive.duration
        settings.localAddress = localAddress.address
        settings.fallbackDelay = fallbackDelay.duration
    }
}

extension KeepAlive: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }

    var defaultValueDescription: String { duration?.word ?? "off" }
}

extension FallbackDelay: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }

    var defaultValueDescription: String { duration?.word ?? "off" }
}

extension LocalAddress: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }

    var defaultValueDescription: String { word }
}
