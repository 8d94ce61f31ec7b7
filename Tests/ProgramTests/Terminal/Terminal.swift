import Foundation

/// The built program in a terminal: a tmux server of its own, with one window and a shell, which ends
/// when this object is gone.
final class Terminal: Sendable {
    /// Where the shell is, and the program's home: empty at first, and removed at the end.
    let folder: URL
    private let client: TmuxClient

    /// Starts a shell in a terminal of a size, with these assignments on top of a bare environment.
    static func start(
        columns: Int,
        rows: Int,
        environment: [String] = [],
    ) async throws -> Terminal {
        let terminal = try await Terminal(columns, rows, environment)
        try await terminal.wait { $0.hasPrefix("$") }
        return terminal
    }

    private init(_ columns: Int, _ rows: Int, _ environment: [String]) async throws {
        let name = "gobtalk-\(UUID().uuidString)"
        let socket = name
        folder = FileManager.default.temporaryDirectory.appending(component: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let programs = URL(filePath: Tool.gobtalk).deletingLastPathComponent().path
        let variables =
            [
                "HOME=\(folder.path)", "PATH=\(programs):\(Self.path)", "LC_ALL=C.UTF-8",
                "SWIFT_BACKTRACE=enable=no", "PS1=$ ", "TERM=screen",
            ] + Self.sanitizers + environment
        let shell =
            ["cd \(folder.path) &&", "exec env -i"]
            + variables.map { "'\($0)'" } + ["sh"]
        let started = try await Tool.run(
            "tmux",
            ["-L", socket, "-f", "/dev/null", "-u", "new-session", "-d"]
                + ["-x", "\(columns)", "-y", "\(rows)", shell.joined(separator: " ")]
        )
        guard started.status == 0 else {
            throw Missing(description: "tmux (Debian's tmux) failed: \(started.errors)")
        }
        client = try TmuxClient(socket: socket)
        // Whatever becomes of this process, the server ends with its only client.
        try await client.run("set-option -g destroy-unattached on")
    }

    private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

    /// What a program built for a sanitizer is told (Tests/Sanitizers/run).
    private static let sanitizers = ["ASAN_OPTIONS", "TSAN_OPTIONS"].compactMap { name in
        ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts the program in the shell, and waits for its prompt.
    ///
    /// - Returns: The host under which this machine reaches it.
    func startGobtalk(_ arguments: String = "--listen 127.0.0.1:0") async throws -> String {
        try await type("gobtalk \(arguments)")
        try await press("Enter")
        let screen = try await wait { $0.hasSuffix("gobtalk>") }
        let words = screen.split(whereSeparator: \.isWhitespace)
        guard let index = words.lastIndex(of: "on") else {
            throw Missing(description: "no address on the screen:\n\(screen)")
        }
        return String(words[index + 1]).trimmingSuffix(";")
    }

    /// Types text, or any bytes, as they come from a keyboard.
    func type(_ text: String) async throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let keys = bytes.prefix(500).map { String($0, radix: 16) }.joined(separator: " ")
            try await client.run("send-keys -H \(keys)")
            bytes = bytes.dropFirst(500)
        }
    }

    /// Presses keys by tmux's names: `Enter`, `C-c`, `Left`.
    func press(_ keys: String...) async throws {
        try await press(keys)
    }

    /// Presses keys by tmux's names.
    func press(_ keys: [String]) async throws {
        try await client.run("send-keys \(keys.map { "'\($0)'" }.joined(separator: " "))")
    }

    /// Gives the terminal another size.
    func resize(columns: Int, rows: Int) async throws {
        try await client.run("resize-window -x \(columns) -y \(rows)")
    }

    /// What the terminal shows now.
    func look() async throws -> Screen {
        let found = try await client.run(
            "display-message -p '#{cursor_x} #{cursor_y}'",
            "capture-pane -p"
        )
        let place = found[0].joined().split(separator: " ").compactMap { Int($0) }
        guard place.count == 2 else { throw Missing(description: "tmux shows no cursor") }
        return Screen(
            rows: found[1].map { $0.trimmingSuffix(" ") },
            cursor: (place[0], place[1])
        )
    }

    /// Whether anything on the screen is coloured, bold or dim.
    var hasColors: Bool {
        get async throws {
            try await client.run("capture-pane -pe")[0].contains { $0.contains("\u{1B}[") }
        }
    }

    /// The screen's rows without the blanks at their ends, from the first to the last that has text.
    var screen: String {
        get async throws { try await look().text.trimmingCharacters(in: .newlines) }
    }

    /// The id of the process that the shell runs.
    var programID: Int32 {
        get async throws {
            let shell = try await client.run("display-message -p '#{pane_pid}'")[0].joined()
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

    /// Waits until a command runs: the cursor is in the row below the line.
    func waitForCommand() async throws {
        _ = try await poll("command that runs") {
            let screen = try await self.look()
            let isBelow = screen.cursor.column == 0 && screen.rows[screen.cursor.row].isEmpty
            return (isBelow ? screen : nil, screen.picture)
        }
    }

    /// Waits until the screen has a text.
    @discardableResult
    func wait(_ text: String) async throws -> String {
        try await wait { $0.contains(text) }
    }
}

extension StringProtocol {
    func trimmingSuffix(_ suffix: Character) -> String {
        var text = Substring(self)
        while text.last == suffix { text.removeLast() }
        return String(text)
    }
}
