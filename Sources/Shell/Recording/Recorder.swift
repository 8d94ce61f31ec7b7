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

        /// What is to be written of something that happened.
        mutating func events(of item: Item) -> [RecordedLine.Event] {
            let connection = item.connection
            switch item.kind {
            case .begin(let ends):
                let ends = ends()
                tapes[connection] = Tape(isIncoming: ends.isIncoming)
                return [.connected(ends)]
            case .bytes(let bytes, let direction, let ends):
                var events: [RecordedLine.Event] = []
                // One that was there before the recording is told of late.
                if tapes[connection] == nil {
                    let ends = ends()
                    tapes[connection] = Tape(isIncoming: ends.isIncoming)
                    events.append(.connected(ends))
                }
                let pieces = tapes[connection]?.pieces(of: bytes, direction, handler: handler) ?? []
                return events + pieces.map { .bytes(direction, $0) }
            case .end:
                // Of one over which nothing went since the recording began, nothing is known.
                return tapes.removeValue(forKey: connection) != nil ? [.closed] : []
            }
        }
    }

    /// Something that happened on a connection; its ends are put in words when it is written.
    struct Item: Sendable {
        enum Kind: Sendable {
            /// It is there, with these ends.
            case begin(@Sendable () -> RecordedLine.Ends)
            /// Bytes went over it, with these ends.
            case bytes([UInt8], Traffic.Direction, @Sendable () -> RecordedLine.Ends)
            /// It is over.
            case end
        }

        fileprivate let time = WallTime.now
        fileprivate let connection: Int
        fileprivate let kind: Kind

        fileprivate init(_ connection: Int, _ kind: Kind) {
            self.connection = connection
            self.kind = kind
        }

        /// How many bytes it keeps, about.
        fileprivate var size: Int {
            guard case .bytes(let bytes, _, _) = kind else { return 128 }
            return 128 + bytes.count
        }
    }

    /// How many bytes may wait to be written.
    private static let limit = 128 << 20
    private let isRecording = Atomic(false)
    private let state = Mutex<State?>(nil)
    private let waiting = Mutex(Backlog<Item> { $0.size })
    private let bell = Bell()
    /// Whoever writes what waits, so that it stays in order.
    private let turn = Mutex(())

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
        writeWaiting()
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
        writeWaiting()
        return state.withLock { state in
            state?.file.close()
            isRecording.store(false, ordering: .relaxed)
            return state.take()?.file.total
        }
    }

    /// Records bytes of a connection.
    func record(_ traffic: Traffic) {
        guard isOn else { return }
        let bytes = Item.Kind.bytes(traffic.bytes, traffic.direction) { .init(traffic) }
        write([Item(traffic.connection, bytes)])
    }

    /// Records that a connection begins or ends.
    func record(_ change: NetworkObserver.Change) {
        guard isOn else { return }
        switch change {
        case .opened(let status): write([Item(status.id, .begin { .init(status) })])
        case .closed(let status, _): write([Item(status.id, .end)])
        }
    }

    /// Records something when its turn comes in ``writeNext()``, which is called here where too much waits.
    func recordLater(_ connection: Int, _ kind: @autoclosure () -> Item.Kind) {
        guard isOn else { return }
        let item = Item(connection, kind())
        let isTooMuch = waiting.withLock { waiting in
            waiting.append(item)
            return waiting.size > Self.limit
        }
        bell.ring()
        if isTooMuch { writeNext() }
    }

    /// Whether less than three quarters of what may wait do.
    var hasRoom: Bool { waiting.withLock { $0.size < Self.limit / 4 * 3 } }

    /// Writes the next things that wait.
    ///
    /// - Returns: How many; none where none waits.
    @discardableResult
    func writeNext() -> Int {
        turn.withLock { _ in
            let items = waiting.withLock { $0.takeFirst() }
            if !items.isEmpty { write(items) }
            return items.count
        }
    }

    /// Writes what waits now, and not what comes meanwhile.
    private func writeWaiting() {
        // What somebody has taken is written when it is nobody's turn.
        var left = turn.withLock { _ in waiting.withLock { $0.count } }
        while left > 0 {
            let count = writeNext()
            guard count > 0 else { return }
            left -= count
        }
    }

    /// Returns when something may wait, or the task is cancelled.
    func waitForWaiting() async {
        await bell.wait()
    }

    /// Writes the lines of what happened, which are made while nobody else is kept waiting.
    private func write(_ items: [Item]) {
        let made = state.withLock {
            state -> (file: RecordingFile, [(Item, [RecordedLine.Event])])? in
            // Taken out, so that its parts are changed in place.
            guard var current = state.take() else { return nil }
            defer { state = current }
            return (current.file, items.map { ($0, current.events(of: $0)) })
        }
        guard let (file, made) = made else { return }
        let lines = made.flatMap { item, events in
            events.map {
                RecordedLine(time: item.time, connection: item.connection, event: $0).utf8
            }
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
