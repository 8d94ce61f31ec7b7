import Net

/// A command with what was given for its parameters.
struct PreparedCommand: Sendable {
    let command: Command
    let arguments: Arguments

    /// Runs it, when what was sent before it is answered.
    ///
    /// - Throws: ``Failure``.
    func run(in session: Session) async throws {
        do {
            if !command.isPipelined { try await session.settle() }
            try await command.run(session, arguments)
        } catch let error as NetError {
            guard case .badHost = error else { throw Failure(error) }
            throw Failure(error).at(column: arguments.column(of: .host))
        } catch {
            throw Failure(error)
        }
    }
}
