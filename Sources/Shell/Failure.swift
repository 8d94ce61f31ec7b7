import Gob
import GobJSON
import Net

/// A command that could not be done: one line that says what, to what, why and what to do.
package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// What the program exits with where the command decides it.
    package let status: ExitStatus
    /// The line, without the place in a script.
    package let description: String

    /// A failure with its line.
    package init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }

    /// The failure that an error of a library means.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as NetError: self.init(error.exitStatus, error.description)
        case is CancellationError: self.init(.failed, "interrupted")
        default: self.init(.failed, "\(error)")
        }
    }
}

extension NetError {
    fileprivate var exitStatus: ExitStatus {
        switch self {
        case .badHost, .badCIDR: .usage
        case .cannotResolve, .cannotDial: .unreachable
        case .cannotListen: .cannotListen
        case .cannotAccept, .lineTooLong, .closedInside, .connectionLost, .closed, .timedOut,
            .commandTooSlow, .idleTooLong, .replyNotTaken:
            .failed
        }
    }
}
