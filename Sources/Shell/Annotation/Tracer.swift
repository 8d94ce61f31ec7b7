import Net
private import Synchronization

/// Shows the bytes of all connections, each part with what it means, while that is wanted.
package final class Tracer: Sendable {
    private struct State {
        var annotators: [Int: Annotator] = [:]
        /// What is known of a command by its name.
        var handler: @Sendable (String) -> Handler? = Handler.standard(named:)
    }

    private let state = Mutex(State())

    /// A tracer that knows no more than the article's commands.
    package init() {}

    /// Has commands looked up here from now on.
    func setHandlers(_ handler: @escaping @Sendable (String) -> Handler?) {
        state.withLock { $0.handler = handler }
    }

    /// The rows that show bytes of a connection.
    func text(_ traffic: Traffic, _ style: Style) -> String {
        // Taken out, so that nobody waits who traces another connection.
        let (known, handler) = state.withLock { state in
            (state.annotators.removeValue(forKey: traffic.connection), state.handler)
        }
        var annotator = known ?? Annotator()
        let notes = annotator.notes(on: traffic.bytes, from: traffic.speaker) { handler($0)?.form }
        state.withLock { $0.annotators[traffic.connection] = annotator }
        let text = NoteText(style: style)
        return notes.flatMap { text.rows($0, traffic.way) }.joined(separator: "\n")
    }

    /// Takes note that a connection begins or ends.
    func note(_ change: NetworkObserver.Change) {
        switch change {
        case .opened: return
        case .closed(let status, _):
            state.withLock { _ = $0.annotators.removeValue(forKey: status.id) }
        }
    }
}

extension Traffic {
    /// Which side says it.
    fileprivate var speaker: Annotator.Speaker {
        (direction == .received) == isIncoming ? .client : .server
    }

    /// Which way it goes, for the beginning of a row.
    fileprivate var way: String {
        switch direction {
        case .sent: "> \(peer)"
        case .received: "< \(peer)"
        }
    }
}
