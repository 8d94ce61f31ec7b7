import LineEditing

/// Commands from a file or a pipe, one a line, until the first that fails.
struct Script {
    /// What errors call the source: `stdin:3: …`.
    let name: String
    let reader: PlainReader

    /// Runs the commands.
    ///
    /// - Returns: The status of the command that failed, or ``ExitStatus/done``.
    func run(in session: Session) async -> ExitStatus {
        var number = 0
        while !session.hasEnded {
            do {
                guard case .line(var line) = try await reader.readLine() else { return .done }
                number += 1
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                try await session.take(line)
            } catch let failure as Failure {
                session.output.diagnostic("\(name):\(number): \(failure)")
                return failure.status
            } catch LineEditorError.lineTooLong(let limit) {
                let row = "\(name):\(number + 1): the line is longer than \(limit) bytes"
                session.output.diagnostic(row)
                return .failed
            } catch {
                session.output.diagnostic("\(name): \(error)")
                return .noInput
            }
        }
        return .done
    }
}
