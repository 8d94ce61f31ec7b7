import Foundation
import Glibc
import Synchronization

/// A client of a tmux server in control mode: commands in, what they print out, in order, over two
/// pipes that stay open (tmux(1), CONTROL MODE).
///
/// A command takes a fraction of a millisecond; as a process of its own it takes some five.
final class TmuxClient: Sendable {
    private let child: Child
    private let queue = DispatchQueue(label: "tmux")
    private let lines = LineBuffer()

    /// Attaches to the server of a socket's name.
    init(socket: String) throws {
        let options = ["-L", socket, "-f", "/dev/null", "-u", "-C"]
        child = try Child("tmux", options + ["attach-session", "-f", "no-output,ignore-size"])
    }

    deinit {
        for end in [child.input, child.output, child.errors] { close(end) }
        Thread.detachNewThread { [child] in _ = child.wait() }
    }

    /// Runs commands, with nothing between them.
    ///
    /// - Returns: The lines that each of them printed.
    @discardableResult
    func run(_ commands: String...) async throws -> [[String]] {
        let result = await withCheckedContinuation { continuation in
            queue.async { [self] in continuation.resume(returning: Result { try send(commands) }) }
        }
        return try result.get()
    }

    private func send(_ commands: [String]) throws -> [[String]] {
        let line = Array((commands.joined(separator: " ; ") + "\n").utf8)
        guard write(child.input, line, line.count) == line.count else { throw Self.ended }
        return try commands.map { try output(of: $0) }
    }

    /// What stands between a command's begin and its end; other clients' have the flag 0.
    private func output(of command: String) throws -> [String] {
        var output: [String] = []
        var mark: String?
        while let line = nextLine() {
            guard let mark else {
                if line.hasPrefix("%begin "), line.hasSuffix(" 1") {
                    mark = String(line.dropFirst("%begin ".count))
                }
                continue
            }
            if line == "%end \(mark)" { return output }
            guard line != "%error \(mark)" else {
                let reason = output.joined(separator: "; ")
                throw Missing(description: "tmux failed: \(reason): \(command)")
            }
            output.append(line)
        }
        throw Self.ended
    }

    private static let ended = Missing(description: "tmux (Debian's tmux) has ended")

    private func nextLine() -> String? {
        lines.next { block in
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = read(child.output, &bytes, bytes.count)
            block += bytes.prefix(max(0, count))
            return count > 0
        }
    }
}

/// Bytes on their way to lines.
private final class LineBuffer: Sendable {
    private let bytes = Mutex<(all: [UInt8], start: Int)>(([], 0))

    /// The next line, for which `more` adds bytes until it has none left.
    func next(_ more: (inout [UInt8]) -> Bool) -> String? {
        bytes.withLock { bytes in
            var searched = bytes.start
            while true {
                if let end = bytes.all[searched...].firstIndex(of: 0x0A) {
                    defer { bytes.start = end + 1 }
                    return String(decoding: bytes.all[bytes.start..<end], as: UTF8.self)
                }
                bytes.all.removeFirst(bytes.start)
                bytes.start = 0
                searched = bytes.all.count
                guard more(&bytes.all) else { return nil }
            }
        }
    }
}
