import Foundation

/// The built program in a terminal: a tmux server of its own, with one window.
final class Terminal: Sendable {
    private let socket = "gobtalk-\(UUID().uuidString)"

    private init() {}

    /// Starts a shell in a terminal of a size.
    static func start(columns: Int, rows: Int) async throws -> Terminal {
        let terminal = Terminal()
        let size = ["-x", "\(columns)", "-y", "\(rows)"]
        try await terminal.tmux(
            ["new-session", "-d"] + size + [
                "env LC_ALL=C.UTF-8 SWIFT_BACKTRACE=enable=no PS1='$ ' sh"
            ]
        )
        try await terminal.wait { $0.hasPrefix("$") }
        return terminal
    }

    deinit {
        // Not waited for: it ends a server that nobody else knows.
        _ = try? Tool("tmux", ["-L", socket, "kill-server"])
    }

    /// Starts the program in the shell, and waits for its prompt.
    ///
    /// - Returns: The host under which this machine reaches it.
    func startGobtalk(_ arguments: String = "--listen 127.0.0.1:0") async throws -> String {
        try await type("\(Tool.gobtalk) \(arguments)")
        try await press("Enter")
        let screen = try await wait { $0.hasSuffix("gobtalk>") }
        let words = screen.split(whereSeparator: \.isWhitespace)
        guard let index = words.lastIndex(of: "on") else {
            throw Missing(description: "no address on the screen:\n\(screen)")
        }
        return String(words[index + 1]).trimmingSuffix(";")
    }

    /// Types text, as keys.
    func type(_ text: String) async throws {
        try await tmux(["send-keys", "-l", "--", text])
    }

    /// Presses keys by tmux's names: `Enter`, `C-c`, `Left`.
    func press(_ keys: String...) async throws {
        try await tmux(["send-keys"] + keys)
    }

    /// The screen's rows without the blanks at their ends.
    var screen: String {
        get async throws {
            let text = try await tmux(["capture-pane", "-p"])
            return text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.trimmingSuffix(" ") }.joined(separator: "\n")
                .trimmingCharacters(in: .newlines)
        }
    }

    /// The id of the process that the shell runs.
    var programID: Int32 {
        get async throws {
            let shell = try await tmux(["display-message", "-p", "#{pane_pid}"]).filter(\.isNumber)
            let children = try String(
                contentsOfFile: "/proc/\(shell)/task/\(shell)/children",
                encoding: .utf8
            )
            guard let id = children.split(separator: " ").first.flatMap({ Int32($0) }) else {
                throw Missing(description: "the shell runs nothing")
            }
            return id
        }
    }

    /// Waits until the screen is as wanted.
    @discardableResult
    func wait(for isThere: (String) -> Bool) async throws -> String {
        try await poll("such a screen") {
            let screen = try await self.screen
            return (isThere(screen) ? screen : nil, screen)
        }
    }

    /// Waits until the screen has a text.
    @discardableResult
    func wait(_ text: String) async throws -> String {
        try await wait { $0.contains(text) }
    }

    @discardableResult
    private func tmux(_ arguments: [String]) async throws -> String {
        let outcome = try await Tool.run(
            "tmux",
            ["-L", socket, "-f", "/dev/null", "-u"] + arguments
        )
        guard outcome.status == 0 else {
            throw Missing(description: "tmux (Debian's tmux) failed: \(outcome.errors)")
        }
        return outcome.output
    }
}

extension StringProtocol {
    func trimmingSuffix(_ suffix: Character) -> String {
        var text = Substring(self)
        while text.last == suffix { text.removeLast() }
        return String(text)
    }
}
