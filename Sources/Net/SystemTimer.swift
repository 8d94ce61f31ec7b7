private import Glibc

/// The timer of the system that tasks which wait for a time share.
///
/// Dispatch makes it when one waits for the first time, keeps it, and ends the program where it cannot have
/// the descriptors for it.
enum SystemTimer {
    /// Waits for ever, so that the timer is set, and not found to be over at once.
    private static let waiting = Task.detached { try? await Task.sleep(for: .seconds(1 << 30)) }

    /// Has it made, before peers can have taken every descriptor; takes a millisecond the first time.
    static func make() async {
        await made.value
    }

    private static let made = Task.detached {
        _ = waiting
        // Where processors are busy, the task above may begin late. Never for long, whatever the system is.
        for _ in 0..<5_000 {
            await Task.detached { try? await Task.sleep(for: .milliseconds(1)) }.value
            if isMade { return }
        }
    }

    /// Whether there is a timer of the clock that tasks wait by, which is nobody else's here.
    private static var isMade: Bool {
        (0..<256).contains { description(of: $0).contains("clockid: \(CLOCK_BOOTTIME)\n") }
    }

    /// What the system tells of a descriptor; nothing where there is none.
    private static func description(of descriptor: Int32) -> String {
        let file = open("/proc/self/fdinfo/\(descriptor)", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
