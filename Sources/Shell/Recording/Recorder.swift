import Net
private import Synchronization

/// Writes the bytes of all connections into a file, a line each, while that is wanted.
package final class Recorder: Sendable {
    private struct State {
        var file: RecordingFile
        var tapes: [Int: Tape] = [:]
        /// What is known of a command by its name.
        let handler: @Sendable (String) -> Handler?
        /// Told in one row why nothing is recorded any more.
        let onFailure: @Sendable (String) -> Void
    }

    private let isRecording = Atomic(false)
    private let state = Mutex<State?>(nil)

    /// A recorder that does not record yet.
    package init() {}

    deinit {
        _ = stop()
    }

    /// Whether it records; quick.
    var isOn: Bool { isRecording.load(ordering: .relaxed) }

    /// What the present recording has so far.
    var total: RecordingFile.Total? { state.withLock { $0?.file.total } }

    /// Records from now on, in place of what was recorded before.
    ///
    /// - Parameters:
    ///   - path: The file, which is replaced.
    ///   - handler: What is known of a command by its name.
    ///   - onFailure: Told in one row why nothing is recorded any more, on any thread; must not block.
    /// - Throws: ``Failure`` that names the file and the reason; what was recorded before goes on.
    func start(
        _ path: String,
        handler: @escaping @Sendable (String) -> Handler?,
        onFailure: @escaping @Sendable (String) -> Void,
    ) throws {
        let new = State(file: try RecordingFile(path), handler: handler, onFailure: onFailure)
        state.withLock { state in
            state?.file.close()
            state = new
            isRecording.store(true, ordering: .relaxed)
        }
    }

    /// Records no more.
    ///
    /// - Returns: What was written; `nil` where it did not record.
    func stop() -> RecordingFile.Total? {
        state.withLock { state in
            state?.file.close()
            isRecording.store(false, ordering: .relaxed)
            return state.take()?.file.total
        }
    }

    /// Records bytes of a connection.
    func record(_ traffic: Traffic) {
        guard isOn else { return }
        write { tapes, handler in
            var events: [RecordedLine.Event] = []
            // One that was there before the recording is told of late.
            if tapes[traffic.connection] == nil { events.append(.connected(.init(traffic))) }
            let tape = Tape(isIncoming: traffic.isIncoming)
            let pieces = tapes[traffic.connection, default: tape].pieces(
                of: traffic,
                handler: handler
            )
            events += pieces.map { .bytes(traffic.direction, $0) }
            return (traffic.connection, events)
        }
    }

    /// Records that a connection begins or ends.
    func record(_ change: NetworkObserver.Change) {
        guard isOn else { return }
        write { tapes, _ in
            switch change {
            case .opened(let status):
                tapes[status.id] = Tape(isIncoming: status.isIncoming)
                return (status.id, [.connected(.init(status))])
            case .closed(let status, _):
                // Of one over which nothing went since the recording began, nothing is known.
                let isKnown = tapes.removeValue(forKey: status.id) != nil
                return (status.id, isKnown ? [.closed] : [])
            }
        }
    }

    private func write(
        _ lines: (
            inout [Int: Tape],
            (String) -> Handler?,
        ) -> (connection: Int, events: [RecordedLine.Event])
    ) {
        let failed = state.withLock { state -> (State, Failure)? in
            // Taken out, so that its parts are changed in place.
            guard var current = state.take() else { return nil }
            let (connection, events) = lines(&current.tapes, current.handler)
            do {
                for event in events {
                    let line = RecordedLine(time: .now, connection: connection, event: event)
                    try current.file.write(line.text)
                }
            } catch {
                current.file.close()
                isRecording.store(false, ordering: .relaxed)
                return (current, Failure(error))
            }
            state = current
            return nil
        }
        if let (state, failure) = failed { state.onFailure("\(failure); the recording ends") }
    }
}

extension RecordedLine.Ends {
    fileprivate init(_ status: Conn.Status) {
        isIncoming = status.isIncoming
        peer = "\(status.remoteAddress)"
        local = "\(status.localAddress)"
    }

    fileprivate init(_ traffic: Traffic) {
        isIncoming = traffic.isIncoming
        peer = "\(traffic.peer)"
        local = "\(traffic.local)"
    }
}
