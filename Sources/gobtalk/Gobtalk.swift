import ArgumentParser
private import Glibc
import Shell

/// The command line: options to a configuration, the exit status back.
@main
struct Gobtalk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gobtalk",
        abstract: "An interactive peer for the STRING and GOB protocol over TCP.",
        usage: """
            gobtalk [OPTION...]
            gobtalk [OPTION...] COMMAND...
            """,
        discussion: """
            Without a COMMAND it reads commands from standard input: at a prompt where that is a \
            terminal, else as a script that stops at its first failure. The command "help" lists \
            the commands; "man gobtalk" has the rest.
            """,
        version: "gobtalk 0.1.0",
    )

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Listen at HOST:PORT, or at :PORT on every interface (default: localhost:61000).",
            valueName: "address"
        )
    )
    var listen: String?

    @Option(help: ArgumentHelp("Join a peer before the first command.", valueName: "host"))
    var connect: String?

    @OptionGroup var scripts: ScriptOptions

    @Flag(help: "Do not listen.")
    var noListen = false

    @Flag(help: "No commands: receive and answer until a signal.")
    var serve = false

    @Flag(name: .shortAndLong, help: "Do not print the messages received.")
    var quiet = false

    @Option(
        help: ArgumentHelp("Record the bytes of all connections.", valueName: "file"),
        completion: .file()
    )
    var record: String?

    @Flag(help: "Print every event as a JSON object on a line.")
    var json = false

    @Option(help: "Colour what is shown: auto, always or never.")
    var color = Settings.Color.auto

    @Flag(help: "Show the bytes of every message.")
    var trace = false

    @Option(
        help: ArgumentHelp("Declare the Go types of a file; repeatable.", valueName: "file.go"),
        completion: .file(extensions: ["go"])
    )
    var types: [String] = []

    @OptionGroup var dialing: DialOptions

    @OptionGroup var limits: LimitOptions

    @Flag(help: "Keep no file of the commands typed.")
    var noHistory = false

    @Flag(name: .shortAndLong, help: "Tell of every dial, connection, command and close.")
    var verbose = false

    @Argument(
        parsing: .captureForPassthrough,
        help: "A command and its words.",
        completion: .custom { words, index, _ in
            CompletionContext().candidates(onCommandLine: Array(words.dropFirst().prefix(index)))
        }
    )
    var command: [String] = []

    func validate() throws {
        try checkForOption()
        if noListen, listen != nil {
            throw ValidationError("--listen and --no-listen exclude each other")
        }
        if serve, noListen { throw ValidationError("--serve needs to listen") }
        if serve, !command.isEmpty { throw ValidationError("--serve takes no COMMAND") }
        try scripts.check(serve: serve, hasCommand: !command.isEmpty)
    }

    /// What follows the options is taken as it is, an option that is none of ours included.
    private func checkForOption() throws {
        guard let first = command.first, first.hasPrefix("-") else { return }
        switch first {
        case "-h", "--help": throw CleanExit.helpRequest(self)
        case "--version": throw CleanExit.message(Self.configuration.version)
        default: throw ValidationError("Unknown option '\(first)'")
        }
    }

    func run() async throws {
        var configuration = Configuration()
        if serve { configuration.mode = .serve }
        if !command.isEmpty { configuration.mode = .command(command) }
        scripts.apply(to: &configuration)
        if noListen { configuration.listening = .off }
        if let listen { configuration.listening = .at(listen) }
        configuration.environment = Environment { getenv($0).map { String(cString: $0) } }
        configuration.settings.isQuiet = quiet
        configuration.settings.color = color
        configuration.tellsEvents = json
        configuration.record = record
        configuration.settings.trace = trace
        configuration.types = types
        configuration.keepsHistory = !noHistory
        configuration.connect = connect
        configuration.isVerbose = verbose
        configuration.limits = try limits.limits
        dialing.apply(to: &configuration.settings)
        throw ExitCode(await Program(configuration).run().code)
    }
}

extension Settings.Color: ExpressibleByArgument {}

/// A time on the command line, as Go writes it: `300ms`, `1.5s`, `2m`.
struct DurationOption: ExpressibleByArgument {
    let duration: Duration

    init(duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let duration = Duration(text: argument) else { return nil }
        self.duration = duration
    }

    var defaultValueDescription: String { duration.word }
}
