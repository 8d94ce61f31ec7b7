import LineEditing
import Testing

/// Where the layout says that the cursor is, beside where tmux has it, over random lines.
@Suite(.timeLimit(.minutes(5))) struct LayoutPropertyTests {
    /// Columns, rows, and the name of the peer whose chat gives the prompt.
    private static let terminals: [(columns: Int, rows: Int, name: String)] = [
        (80, 24, "bob"), (41, 16, "漢字"), (24, 30, "a-rather-long-name"), (17, 40, "é"),
    ]
    private static let linesPerTerminal = 75

    @Test("the cursor of 300 random lines is where the layout says, before and after a message")
    func random() async throws {
        var random = SplitMix(seed: 2_030)
        for (columns, rows, name) in Self.terminals {
            let lines = (0..<Self.linesPerTerminal).map { _ in
                RandomLine(columns: columns, rows: rows, using: &random)
            }
            try await Turns.terminals.take {
                let terminal = try await Terminal.start(columns: 80, rows: rows)
                let host = try await terminal.startGobtalk()
                try await terminal.type("alias \(name) \(host)\rchat \(name)\r")
                try await terminal.wait { $0.hasSuffix("\n\(name)>") }
                try await terminal.resize(columns: columns, rows: rows)
                let pane = Pane(
                    terminal: terminal,
                    host: host,
                    prompt: "\(name)> ",
                    layout: CursorLayout(columns: columns, rows: rows)
                )
                for line in lines { try await pane.check(line) }
            }
        }
    }
}

/// A line of characters of all kinds, and how far back the cursor is moved in it.
private struct RandomLine: CustomStringConvertible {
    let text: String
    let back: Int

    init(columns: Int, rows: Int, using random: inout SplitMix) {
        // A message has rows of its own, and of a line taller than the screen libedit shows the tail.
        let cells = columns * (rows - 8) / 8
        let hasWide = Bool.random(using: &random)
        let alphabets = hasWide ? Self.narrow + Self.wide : Self.narrow
        var text = ""
        for _ in 0..<Int.random(in: 0...min(cells, 120), using: &random) {
            let alphabet = alphabets.randomElement(using: &random) ?? ["a"]
            text.unicodeScalars.append(alphabet.randomElement(using: &random) ?? "a")
        }
        self.text = text
        back =
            Bool.random(using: &random)
            ? 0 : Int.random(in: 0...text.unicodeScalars.count, using: &random)
    }

    private static let narrow: [[Unicode.Scalar]] = [
        ["a", "b", "Z", "~", " "], ["a", "b", "Z", "~", " "], ["é", "ß", "λ", "ж"],
        ["\u{301}", "\u{200D}"], ["\t"], ["\u{1}", "\u{1B}", "\u{7F}", "\u{85}"],
    ]
    private static let wide: [[Unicode.Scalar]] = [["漢", "字", "カ", "한"], ["😀", "🚀"]]

    var characters: [UInt32] { text.unicodeScalars.map(\.value) }

    /// Whether libedit's cursor goes where it means it to: moved back into a row above, it can lose a
    /// column in the middle of a wide character (its terminal.c, `terminal_overwrite`), which these
    /// lines have in a narrow terminal only.
    func hasKnownColumn(at columns: Int) -> Bool {
        columns >= 20 || back == 0
            || !text.unicodeScalars.contains { CursorLayout.width(of: $0) == 2 }
    }

    var description: String { "\(text.debugDescription), \(back) back" }
}

/// A terminal whose prompt is that of a chat.
private struct Pane {
    let terminal: Terminal
    let host: String
    let prompt: String
    let layout: CursorLayout

    func check(_ line: RandomLine) async throws {
        try await terminal.type("\u{0C}")
        try await see(CursorLayout.Position(row: 0, column: width), "the prompt", line)
        try await terminal.type("\u{1B}[200~\(line.text)\u{1B}[201~")
        try await see(place(of: line, cursor: line.characters.count), "the paste", line)
        if line.back > 0 {
            try await terminal.type(String(repeating: "\u{2}", count: line.back))
            let moved = layout.positionAfterMove(
                promptWidth: width,
                text: line.characters,
                cursor: line.characters.count - line.back
            )
            try await see(moved, "the cursor moved", line)
        }
        try await RawPeer.converse(with: host, Array("STRING\nm\n".utf8), replies: 1)
        try await see(
            place(of: line, cursor: line.characters.count - line.back),
            "a message",
            line,
            isBelowMessage: true
        )
        try await terminal.type("\u{05}\u{15}")
    }

    private var width: Int { CursorLayout.width(of: prompt) }

    private func place(of line: RandomLine, cursor: Int) -> CursorLayout.Position {
        layout.position(promptWidth: width, text: line.characters, cursor: cursor)
    }

    private func see(
        _ place: CursorLayout.Position,
        _ what: String,
        _ line: RandomLine,
        isBelowMessage: Bool = false,
    ) async throws {
        let start = prompt.trimmingSuffix(" ")
        _ = try await poll("\(place) after \(what) at \(layout.columns) columns: \(line)") {
            let screen = try await terminal.look()
            let first = screen.rows.lastIndex { $0.hasPrefix(start) } ?? -1
            // The message's last row ends so, and stands right above the line.
            let isInPlace =
                isBelowMessage
                ? first > 0 && screen.rows[first - 1].hasSuffix("m") : first == 0
            let isThere =
                isInPlace && screen.cursor.row == first + place.row
                && (screen.cursor.column == place.column
                    || !line.hasKnownColumn(at: layout.columns))
            return (isThere ? screen : nil, screen.picture)
        }
    }
}
