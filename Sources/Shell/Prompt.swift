import LineEditing
private import Synchronization

/// Commands that a person types, one after the other, until they leave.
struct Prompt {
    let editor: LineEditor
    let running: RunningCommand

    /// Runs what is typed.
    ///
    /// - Returns: ``ExitStatus/done`` when the person leaves, whatever failed before; a signal's
    ///   status where one ended it.
    func run(in session: Session) async -> ExitStatus {
        while !session.hasEnded {
            running.forgetInterrupt()
            switch await editor.readLine(prompt: session.prompt) {
            case .line(let line):
                remember(line, in: session)
                await run(line, in: session)
                if let signal = running.signal { return .signal(signal) }
            case .interrupted: continue
            case .end:
                guard session.peers.chat != nil else { return .done }
                await running.run { await session.leaveChat() }
            case .terminated(let signal): return .signal(signal)
            }
        }
        return .done
    }

    /// Runs a line, and says what could not be done.
    func run(_ line: String, in session: Session) async {
        await running.run {
            do {
                try await session.take(Array(line.utf8))
            } catch {
                session.tell(Failure(error))
            }
        }
    }
}

/// The command that runs now, so that Ctrl-C or a signal can cancel it.
final class RunningCommand: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var signal: Int32?
        /// Whether Ctrl-C came before the command that it was meant for had begun.
        var isInterrupted = false
    }

    private let state = Mutex(State())

    /// The signal that asks the program to end, if one has come.
    var signal: Int32? { state.withLock { $0.signal } }

    /// Runs a command to its end.
    func run(_ body: @escaping @Sendable () async -> Void) async {
        // A task of its own, since it is cancelled without what waits for it.
        let task = state.withLock { state in
            let task = Task { await body() }
            state.task = task
            if state.signal != nil || state.isInterrupted { task.cancel() }
            return task
        }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        state.withLock { $0.task = nil }
    }

    /// Cancels the command that runs, or is about to.
    func cancel() {
        let task = state.withLock { state in
            state.isInterrupted = true
            return state.task
        }
        task?.cancel()
    }

    /// Leaves alone the commands to come: what was interrupted is over.
    func forgetInterrupt() {
        state.withLock { $0.isInterrupted = false }
    }

    /// Cancels the command, and has the program end after it.
    func terminate(_ signal: Int32) {
        state.withLock { $0.signal = signal }
        cancel()
    }
}
