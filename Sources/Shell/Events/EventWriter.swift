private import Synchronization

/// Writes events, each a line of JSON, for `--json`.
package final class EventWriter: Sendable {
    private let put: @Sendable (String) -> Void
    private let offer: @Sendable (String) -> Bool
    /// How many events found no room since the last one that did.
    private let omitted = Mutex(0)

    /// A writer of these parts.
    ///
    /// - Parameters:
    ///   - put: Takes a line, or several, without the last end.
    ///   - offer: Takes a line without its end, and does not wait; false where there is no room.
    package init(
        put: @escaping @Sendable (String) -> Void,
        offer: @escaping @Sendable (String) -> Bool,
    ) {
        self.put = put
        self.offer = offer
    }

    /// Writes an event, however far behind a reader is.
    func put(_ event: Event) {
        put(rows: event.json)
    }

    /// Writes events, as ``put(_:)`` does; each is a row, of which the last one has no line end.
    func put(rows: String) {
        let count = takeOmitted()
        if count > 0 { put(Self.notice(of: count)) }
        put(rows)
    }

    /// Writes events; where a reader is far behind they are counted only.
    func offer(_ events: [Event]) {
        let count = takeOmitted()
        if count > 0, !offer(Self.notice(of: count)) { return omit(count + events.count) }
        if !offer(events.map(\.json).joined(separator: "\n")) { omit(events.count) }
    }

    private func omit(_ count: Int) {
        omitted.withLock { $0 += count }
    }

    private func takeOmitted() -> Int {
        omitted.withLock { omitted in
            defer { omitted = 0 }
            return omitted
        }
    }

    /// The event that says how many are left out.
    private static func notice(of count: Int) -> String {
        let events = count == 1 ? "1 event is" : "\(count) events are"
        return Event(.error("\(events) left out: standard output is not read", nil)).json
    }
}
