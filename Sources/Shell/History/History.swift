private import Synchronization

/// The commands typed: those of this session and, where a file keeps them, those of before.
package final class History: Sendable {
    private struct State {
        var lines: [String] = []
        var dropped = 0
        var file: HistoryFile?
    }

    /// How many commands can be listed, and are found with the arrow keys.
    package static let limit = 1_000

    private let state: Mutex<State>

    /// A history that is empty, until ``load()``.
    ///
    /// - Parameter file: Where commands are kept, if they are.
    package init(file: HistoryFile? = nil) {
        state = Mutex(State(file: file))
    }

    /// Takes in what the file has.
    ///
    /// - Returns: Why that cannot be done, in one row; nothing is kept then.
    package func load() -> String? {
        attempt { state in
            state.lines = try state.file?.load(latest: Self.limit) ?? []
        }
    }

    /// Takes in a command, before it is run: also one that ends the program is kept.
    ///
    /// A blank one and one that begins with a space are left out, and one that was the last already.
    ///
    /// - Returns: Why it cannot be kept, in one row; nothing is kept from then on.
    package func add(_ line: String) -> String? {
        guard let entry = HistoryText.entry(line) else { return nil }
        return attempt { state in
            guard entry != state.lines.last else { return }
            state.lines.append(entry)
            if state.lines.count > Self.limit {
                state.lines.removeFirst()
                state.dropped += 1
            }
            try state.file?.append(entry)
        }
    }

    /// All of them, the oldest first.
    package var lines: [String] { state.withLock { $0.lines } }

    /// The latest, the oldest first, with their numbers.
    func latest(_ count: Int) -> [(number: Int, line: String)] {
        state.withLock { state in
            let lines = state.lines.suffix(count)
            return lines.indices.map { (state.dropped + $0 + 1, lines[$0]) }
        }
    }

    private func attempt(_ body: (inout State) throws -> Void) -> String? {
        state.withLock { state in
            do {
                try body(&state)
                return nil
            } catch {
                state.file = nil
                return Failure(error).description
            }
        }
    }
}
