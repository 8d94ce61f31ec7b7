private import Synchronization

/// What `--stats` tells at the end: how much was sent and received, and how long replies took.
package final class Statistics: Sendable {
    private struct Direction {
        var messages = 0
        var bytes = 0
    }

    private struct State {
        var sent = Direction()
        var received = Direction()
        var replies = Direction()
        var roundTrips = RoundTrips()
    }

    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// Nothing is counted yet.
    package init() {}

    /// Counts a command that was sent, its name line included.
    func sent(size: Int) {
        state.withLock { state in
            state.sent.messages += 1
            state.sent.bytes += size
        }
    }

    /// Counts a reply with its line end, and how long it took.
    func answered(after time: Duration, size: Int) {
        state.withLock { state in
            state.replies.messages += 1
            state.replies.bytes += size
            state.roundTrips.add(time)
        }
    }

    /// Counts a message that was received.
    func received(_ received: Received) {
        // The name and its line end; a text has another one.
        var size = received.command.utf8.count + 1 + received.content.size
        if case .text = received.content { size += 1 }
        state.withLock { state in
            state.received.messages += 1
            state.received.bytes += size
        }
    }

    /// The summary, a row each.
    package var rows: [String] {
        let (state, time) = (state.withLock { $0 }, ContinuousClock.now - start)
        let rows = [
            ("sent", state.sent), ("replies", state.replies), ("received", state.received),
        ].map { name, count in
            "\(name): \(counted(count.messages, "message")), \(counted(count.bytes, "byte"))"
        }
        let all = state.sent.messages + state.received.messages
        let rate = Int(Double(all) / max(time / .seconds(1), 0.001))
        let end = "time: \(time.text), \(rate) messages/s"
        return rows + [state.roundTrips.row, end].compactMap { $0 }
    }
}
