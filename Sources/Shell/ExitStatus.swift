/// How the program ends, for scripts; the man page has the same table.
public enum ExitStatus: Equatable, Sendable {
    /// Everything was done.
    case done
    /// A command failed.
    case failed
    /// A peer could not be reached.
    case unreachable
    /// What `wait` or `expect` waited for did not come.
    case unmet
    /// A command or an option is not understood.
    case usage
    /// A script or an input file cannot be read.
    case noInput
    /// The address to listen on cannot be had.
    case cannotListen
    /// A signal, by its number, ended the program.
    case signal(Int32)

    /// The number that the process exits with.
    public var code: Int32 {
        switch self {
        case .done: 0
        case .failed: 1
        case .unreachable: 2
        case .unmet: 3
        case .usage: 64
        case .noInput: 66
        case .cannotListen: 69
        case .signal(let number): 128 + number
        }
    }
}
