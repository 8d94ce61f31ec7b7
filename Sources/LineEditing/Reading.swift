/// One line being read with libedit.
final class Reading {
    static let blockSize = 64 << 10

    /// How long texts wait when the terminal has a new size.
    ///
    /// Of many sizes in a row tmux tells the program the first at once and the others up to 250 ms
    /// late (its `server_client_check_pane_resize`), when its screen has them already: a text put
    /// above the line meanwhile, by the old size, would go where the line is next drawn.
    private static let settlingTime = Duration.milliseconds(300)

    private let loop: EditLoop
    private let line: EditLine
    private let prompt: LineEditor.Prompt
    private let promptWidth: Int
    private var stopReason: ReadResult?
    private var tracker = CursorTracker()
    /// Until when texts wait, because the terminal is being resized.
    private var settling: ContinuousClock.Instant?

    init(loop: EditLoop, line: EditLine, prompt: LineEditor.Prompt) {
        self.loop = loop
        self.line = line
        self.prompt = prompt
        promptWidth = CursorLayout.width(of: prompt.text)
    }

    /// Reads the line; afterwards the cursor is at the beginning of a row below it.
    func run() -> ReadResult {
        let screen = loop.screen
        if noteSize() { line.resize() }
        // Raw first: else what is typed just now is echoed between the fresh row and the prompt.
        line.prepareTerminal(raw: true)
        loop.enclosePastes(true)
        screen.write(screen.freshRow)
        let keys = KeySource(
            next: { self.nextKey() },
            complete: { self.complete() },
            paste: { self.paste() },
            drawn: { self.tracker.noteDrawing() },
        )
        let outcome = line.read(prompt: prompt.marked(isDumb: screen.isDumb), from: keys)
        loop.enclosePastes(false)
        switch outcome {
        case .line(let text):
            return .line(text)
        case .givenUp:
            // libedit has left the cursor inside the line.
            screen.write(screen.leave(block, mark: mark))
        case .ended:
            // After Ctrl-D the cursor is behind the `^D` that libedit wrote.
            if stopReason == nil || !mark.isEmpty { screen.write(mark + "\r\n") }
        }
        return stopReason ?? .end
    }

    private var mark: String {
        stopReason == .interrupted ? "^C" : ""
    }

    /// The next key, and texts above the line while there is none; nil gives the line up.
    private func nextKey() -> Unicode.Scalar? {
        tracker.note(line.extent)
        while true {
            stopReason = loop.stopReason()
            guard stopReason == nil else { return nil }
            followSize()
            if let key = loop.keys.next() { return meaning(of: key) }
            let ready = loop.wake.sleep(watching: loop.input, until: settling)
            if ready.input {
                guard readKeys() else { return nil }
                continue
            }
            if ready.woken { loop.wake.clear() }
            // What woke it may be a new size as well as a text.
            followSize()
            if let settling, settling > .now { continue }
            settling = nil
            printAbove()
        }
    }

    /// What libedit is given for a key.
    ///
    /// Painting a character without width that is typed, libedit miscounts: it is as pasted.
    /// With vi's keys ESC alone is the escape key, and another key's beginning before `[` and `O`.
    private func meaning(of key: Unicode.Scalar) -> Unicode.Scalar {
        if key.value >= 0x300, CursorLayout.width(of: key) == 0 {
            return loop.keys.asPasted(key)
        }
        guard line.isVi, key == "\u{1B}" else { return key }
        let isBeginning = loop.keys.upcoming == "[" || loop.keys.upcoming == "O"
        return isBeginning ? key : KeyDecoder.escapeKey
    }

    /// False where the terminal is gone.
    private func readKeys() -> Bool {
        switch SystemCall.read(loop.input, atMost: Self.blockSize) {
        case .bytes(let bytes): loop.keys.append(bytes)
        case .nothingYet: break
        case .end, .failed: return false
        }
        return true
    }

    /// Writes a pass of texts where the line was, and the line below them.
    private func printAbove() {
        let batch = loop.inbox.takeTexts(EditLoop.textsPerPass)
        guard !batch.isEmpty else { return }
        loop.screen.write(loop.screen.erase(block) + batch.joined(by: "\r\n"))
        line.refresh()
        loop.inbox.settle()
        if !batch.isLast { loop.wake.wake() }
    }

    /// Inserts what was pasted.
    private func paste() -> KeySource.Effect {
        let text = loop.keys.takePasted()
        guard !text.isEmpty else { return .unchanged }
        line.insert(text)
        return .changed
    }

    /// Inserts what the word at the cursor is to become, or lists what it could.
    private func complete() -> KeySource.Effect {
        let (characters, cursor) = line.text
        let before = Self.string(characters[..<cursor])
        let text = before + Self.string(characters[cursor...])
        guard let found = loop.complete?(text, before.utf8.count), !found.isEmpty else {
            return .refused
        }
        let rows = Columns(width: loop.size.columns, rowLimit: max(loop.size.rows - 2, 1))
            .rows(of: found.candidates, omitted: found.omitted)
        let erasing = rows.isEmpty ? "" : loop.screen.erase(block)
        line.insert(found.insertion.unicodeScalars)
        guard !rows.isEmpty else { return .changed }
        loop.screen.write(erasing + rows.map { $0 + "\r\n" }.joined())
        line.refresh()
        return .unchanged
    }

    private static func string(_ characters: ArraySlice<UInt32>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: characters.map { Unicode.Scalar($0) ?? "\u{FFFD}" })
        return String(text)
    }

    /// Draws the line for the terminal's new size, if it has one.
    ///
    /// The signal of a new size only wakes the thread: it can be lost, so sizes are compared.
    private func followSize() {
        guard noteSize() else { return }
        settling = .now + Self.settlingTime
        loop.screen.write(loop.screen.erase(block))
        line.resize()
        line.refresh()
    }

    /// Draws the line below whatever stands on the screen now, for the size that it has now.
    func drawAnew() {
        if noteSize() { line.resize() }
        loop.screen.write(loop.screen.freshRow)
        line.refresh()
    }

    /// Whether the terminal's size is another than before.
    private func noteSize() -> Bool {
        let size = Screen.size(of: loop.screen.fileDescriptor)
        defer { loop.size = size }
        return size != loop.size
    }

    /// Where the line is, for the size last noted.
    var block: EditedBlock {
        let (text, cursor) = line.text
        let layout = CursorLayout(columns: loop.size.columns, rows: loop.size.rows)
        let end = layout.position(promptWidth: promptWidth, text: text, cursor: text.count)
        return EditedBlock(
            cursor: tracker.isMoved
                ? layout.positionAfterMove(promptWidth: promptWidth, text: text, cursor: cursor)
                : layout.position(promptWidth: promptWidth, text: text, cursor: cursor),
            end: end,
            fillsScreen: end.row == layout.rows - 1 && layout.rows > 1,
        )
    }
}
