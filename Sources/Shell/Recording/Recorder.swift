import Net
private import Synchronization

/// Writes the bytes of all connections into a file, a line each, while that is wanted.
package final class Recorder: Sendable {
    private struct State {
        let file: RecordingFile
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
        let new = State(
            file: try RecordingFile(path),
            handler: handler,
            onFailure: onFailure
        )
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
        record(traffic.bytes, traffic.direction, traffic.connection, .init(traffic))
    }

    /// Records that a connection begins or ends.
    func record(_ change: NetworkObserver.Change) {
        guard isOn else { return }
        switch change {
        case .opened(let status): recordBegin(status.id, .init(status))
        case .closed(let status, _): recordEnd(status.id)
        }
    }

    /// Records bytes that went over a connection with these ends.
    func record(
        _ bytes: [UInt8],
        _ direction: Traffic.Direction,
        _ connection: Int,
        _ ends: @autoclosure () -> RecordedLine.Ends,
    ) {
        guard isOn else { return }
        write(connection) { tapes, handler in
            var events: [RecordedLine.Event] = []
            // One that was there before the recording is told of late.
            if tapes[connection] == nil {
                let ends = ends()
                tapes[connection] = Tape(isIncoming: ends.isIncoming)
                events.append(.connected(ends))
            }
            let pieces = tapes[connection]?.pieces(of: bytes, direction, handler: handler) ?? []
            return events + pieces.map { .bytes(direction, $0) }
        }
    }

    /// Records that a connection with these ends begins.
    func recordBegin(_ connection: Int, _ ends: RecordedLine.Ends) {
        guard isOn else { return }
        write(connection) { tapes, _ in
            tapes[connection] = Tape(isIncoming: ends.isIncoming)
            return [.connected(ends)]
        }
    }

    /// Records that a connection is over.
    func recordEnd(_ connection: Int) {
        guard isOn else { return }
        write(connection) { tapes, _ in
            // Of one over which nothing went since the recording began, nothing is known.
            tapes.removeValue(forKey: connection) != nil ? [.closed] : []
        }
    }

    /// Writes lines of a connection, which are made while nobody else is kept waiting.
    private func write(
        _ connection: Int,
        _ events: (inout [Int: Tape], (String) -> Handler?) -> [RecordedLine.Event],
    ) {
        let made = state.withLock { state -> (file: RecordingFile, events: [RecordedLine.Event])? in
            // Taken out, so that its parts are changed in place.
            guard var current = state.take() else { return nil }
            defer { state = current }
            return (current.file, events(&current.tapes, current.handler))
        }
        guard let (file, events) = made else { return }
        let time = WallTime.now
        let lines = events.map { event in
            RecordedLine(time: time, connection: connection, event: event).utf8
        }
        do {
            try file.write(lines)
        } catch {
            end(file, Failure(error))
        }
    }

    /// Records no more, since the file cannot be written.
    private func end(_ file: RecordingFile, _ failure: Failure) {
        let onFailure = state.withLock { state in
            guard state?.file === file else { return nil as (@Sendable (String) -> Void)? }
            isRecording.store(false, ordering: .relaxed)
            return state.take()?.onFailure
        }
        onFailure?("\(failure); the recording ends")
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
