import Gob
import GobJSON
import Net

/// A command that could not be done: one line that says what, to what, why and what to do.
package struct Failure: Error, Sendable, CustomStringConvertible {
    /// What the program exits with where the command decides it.
    package let status: ExitStatus
    /// The line, without the place in a script.
    package let description: String
    /// Where in the command's line the word is that is wrong, in bytes from 1, if it is a word.
    package private(set) var column: Int?
    /// What is shown below the line, if there is more to be seen than it says; harmless.
    package private(set) var rows: [String] = []
    /// The line of the script that failed, where it is not the one that runs now.
    private(set) var place: ScriptPlace?
    /// Whether it was told already, where it happened.
    private(set) var isTold = false

    /// A failure with its line.
    package init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }

    /// The failure of something whose failures were told, each where it happened.
    static func told(_ status: ExitStatus) -> Failure {
        var failure = Failure(status, "failed")
        failure.isTold = true
        return failure
    }

    /// The same for a word at a column; one that has a column already keeps it.
    func at(column: Int?) -> Failure {
        var failure = self
        failure.column = self.column ?? column
        return failure
    }

    /// The same for a line of a script; one that has a place already keeps it.
    func at(_ place: ScriptPlace?) -> Failure {
        var failure = self
        failure.place = self.place ?? place
        return failure
    }

    /// The same with rows below it.
    func showing(_ rows: [String]) -> Failure {
        var failure = self
        failure.rows = rows
        return failure
    }

    /// The same, and more in its line.
    func adding(_ text: String) -> Failure {
        var failure = Failure(status, description + text)
        (failure.column, failure.rows) = (column, rows)
        (failure.place, failure.isTold) = (place, isTold)
        return failure
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

extension Failure: Equatable {
    /// Whether they are of the same status and line, wherever they happened.
    package static func == (left: Failure, right: Failure) -> Bool {
        left.status == right.status && left.description == right.description
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
