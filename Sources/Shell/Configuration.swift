/// What one run of the program is to do: the options, as the shell understands them.
public struct Configuration: Sendable {
    /// What is done besides listening.
    public enum Mode: Sendable, Equatable {
        /// Commands from standard input: at a prompt where it is a terminal, else as a script.
        case standardInput
        /// One command, its words as they were given.
        case command([String])
        /// Scripts, in order.
        case scripts([ScriptSource])
        /// Nothing: receive and answer, until a signal.
        case serve
    }

    /// Where this peer listens.
    public enum Listening: Sendable, Equatable {
        /// On this machine's own addresses, at port 61000 or the next that is free; a single
        /// command does not listen.
        case standard
        /// There and nowhere else.
        case at(String)
        /// Nowhere.
        case off
    }

    /// What is done.
    public var mode = Mode.standardInput
    /// Where it listens.
    public var listening = Listening.standard
    /// The peer that is joined before the first command, if any.
    public var connect: String?
    /// Whether a script goes on after a command that fails.
    public var keepsGoing = false
    /// Whether a summary of what was sent and received is told at the end.
    public var tellsStatistics = false
    /// How long it stays after the last command, to receive.
    public var linger = Duration.zero
    /// What the environment says.
    public var environment = Environment()
    /// What can be changed while the program runs.
    package var settings = Settings()
    /// How much peers may ask.
    package var limits = Limits()
    /// Files of Go source whose types are declared.
    public var types: [String] = []
    /// Whether standard output has events, as objects of JSON, in place of results and messages; there
    /// is no prompt then.
    public var tellsEvents = false
    /// A file to which the bytes of all connections are recorded from the start, if any.
    public var record: String?
    /// Whether every dial, connection, command and close is told.
    public var isVerbose = false
    /// Whether the commands typed at a prompt are kept in a file.
    public var keepsHistory = true

    /// The defaults.
    public init() {}
}
