/// The timer of the system that tasks which wait for a time share.
///
/// Dispatch makes it when one waits for the first time, keeps it, and ends the program where it cannot have
/// the descriptors for it.
enum SystemTimer {
    /// Waits for ever, so that the timer is set, and not found to be over at once.
    private static let waiting = Task.detached { try? await Task.sleep(for: .seconds(1 << 30)) }

    /// Has it made, before peers can have taken every descriptor; takes a millisecond.
    static func make() async {
        _ = waiting
        // Begins after the one above, and is over when Dispatch has seen both.
        await Task.detached { try? await Task.sleep(for: .milliseconds(1)) }.value
    }
}
