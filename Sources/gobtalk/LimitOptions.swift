import ArgumentParser
import Shell

/// The options that say how much peers may ask.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take connections from these addresses only; repeatable (default: any).",
            valueName: "cidr"
        )
    )
    var allow: [String] = []

    @Option(help: ArgumentHelp("The most connections at once.", valueName: "n"))
    var maxConnections = Limits().maxConnections

    @Option(help: ArgumentHelp("The most connections of one IP address.", valueName: "n"))
    var maxConnectionsPerAddress = Limits().maxConnectionsPerAddress

    @Option(
        help: ArgumentHelp("The longest text of a STRING, as 4096 or 64KiB.", valueName: "size")
    )
    var maxLine = SizeOption(bytes: Limits().maxLine)

    @Option(help: ArgumentHelp("The longest message of a GOB, as 1MiB.", valueName: "size"))
    var maxMessage = SizeOption(bytes: Limits().maxMessage)

    @Option(help: ArgumentHelp("How deep the values of a GOB may be nested.", valueName: "n"))
    var maxDepth = Limits().maxDepth

    @Option(
        help: ArgumentHelp(
            "How long a connection may be silent between commands; or off.",
            valueName: "duration"
        )
    )
    var idleTimeout = TimeLimitOption(duration: Limits().idleTimeout)

    @Option(
        help: ArgumentHelp(
            "How long one command may take to arrive whole; or off.",
            valueName: "duration"
        )
    )
    var commandTimeout = TimeLimitOption(duration: Limits().commandTimeout)

    func validate() throws {
        try check(maxConnections, in: 1...1_000_000, "--max-connections")
        try check(maxConnectionsPerAddress, in: 1...1_000_000, "--max-connections-per-address")
        try check(maxLine.bytes, in: 1...1 << 30, "--max-line")
        try check(maxMessage.bytes, in: 1...1 << 30, "--max-message")
        // Go goes no deeper, and the stack of a thread holds no more for sure.
        try check(maxDepth, in: 1...10_000, "--max-depth")
        _ = try limits
    }

    /// The limits of the options.
    var limits: Limits {
        get throws {
            var limits = Limits()
            do {
                try limits.allow(allow)
            } catch {
                throw ValidationError("--allow \(error)")
            }
            limits.maxConnections = maxConnections
            limits.maxConnectionsPerAddress = maxConnectionsPerAddress
            limits.maxLine = maxLine.bytes
            limits.maxMessage = maxMessage.bytes
            limits.maxDepth = maxDepth
            limits.idleTimeout = idleTimeout.duration
            limits.commandTimeout = commandTimeout.duration
            return limits
        }
    }

    private func check(_ value: Int, in range: ClosedRange<Int>, _ option: String) throws {
        guard !range.contains(value) else { return }
        let (least, most) = (range.lowerBound, ByteSize(bytes: range.upperBound))
        throw ValidationError("\(option) must be from \(least) to \(most)")
    }
}

/// A number of bytes: `4096`, `64KiB`, `1MiB`.
struct SizeOption: ExpressibleByArgument {
    let bytes: Int

    init(bytes: Int) {
        self.bytes = bytes
    }

    init?(argument: String) {
        guard let size = ByteSize(argument) else { return nil }
        bytes = size.bytes
    }

    var defaultValueDescription: String { "\(ByteSize(bytes: bytes))" }
}

/// A time above 0, or `off`.
struct TimeLimitOption: ExpressibleByArgument {
    let duration: Duration?

    init(duration: Duration?) {
        self.duration = duration
    }

    init?(argument: String) {
        if argument == "off" {
            duration = nil
            return
        }
        guard let duration = Duration(text: argument), duration > .zero else { return nil }
        self.duration = duration
    }

    var defaultValueDescription: String { duration?.word ?? "off" }
}
