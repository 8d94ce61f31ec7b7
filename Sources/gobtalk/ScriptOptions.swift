import ArgumentParser
import Shell

/// The options of commands that nobody types.
struct ScriptOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        parsing: .singleValue,
        help: ArgumentHelp("Run a command, then exit; repeatable, in order.", valueName: "command")
    )
    var command: [String] = []

    @Option(
        name: .shortAndLong,
        parsing: .singleValue,
        help: ArgumentHelp(
            "Run a script, then exit; repeatable; - is standard input.",
            valueName: "file"
        ),
        completion: .file()
    )
    var file: [String] = []

    @Flag(help: "Go on after a command of a script that fails.")
    var keepGoing = false

    @Option(help: ArgumentHelp("Stay that long after the last command.", valueName: "duration"))
    var linger = DurationOption(duration: .zero)

    @Flag(help: "Tell at the end how much was sent and received, and how fast.")
    var stats = false

    /// Refuses what does not go together.
    func check(serve: Bool, hasCommand: Bool) throws {
        if !command.isEmpty, !file.isEmpty {
            throw ValidationError("--command and --file exclude each other; see \"help source\"")
        }
        let option = command.isEmpty ? "--file" : "--command"
        guard !command.isEmpty || !file.isEmpty else { return }
        if serve { throw ValidationError("--serve and \(option) exclude each other") }
        if hasCommand { throw ValidationError("\(option) takes no COMMAND after it") }
    }

    /// Sets what was given.
    func apply(to configuration: inout Configuration) {
        if !command.isEmpty { configuration.mode = .scripts([.commands(command)]) }
        if !file.isEmpty {
            configuration.mode = .scripts(file.map { $0 == "-" ? .standardInput : .file($0) })
        }
        configuration.keepsGoing = keepGoing
        configuration.linger = linger.duration
        configuration.tellsStatistics = stats
    }
}
