/// One line being read with libedit.
final class Reading {
    static let blockSize = 1024

    private let loop: EditLoop
    private let line: EditLine
    private let prompt: String
    private let promptWidth: Int
    private var stopReason: ReadResult?

    init(loop: EditLoop, line: EditLine, prompt: String) {
        self.loop = loop
        self.line = line
        self.prompt = prompt
        promptWidth = CursorLayout.width(of: prompt)
    }

    /// Reads the line; afterwards the cursor is at the beginning of a row below it.
    func run() -> ReadResult {
        if noteSize() { line.resize() }
        loop.screen.write(loop.screen.freshRow)
        switch line.read(prompt: prompt, nextKey: { self.nextKey() }) {
        case .line(let text):
            return .line(text)
        case .givenUp:
            // libedit has left the cursor inside the line.
            loop.screen.write(loop.screen.leave(block, mark: mark))
        case .ended:
            // After Ctrl-D the cursor is behind the `^D` that libedit wrote.
            if stopReason == nil || !mark.isEmpty { loop.screen.write(mark + "\r\n") }
        }
        return stopReason ?? .end
    }

    private var mark: String {
        stopReason == .interrupted ? "^C" : ""
    }

    /// The next key, and texts above the line while there is none; nil gives the line up.
    private func nextKey() -> Unicode.Scalar? {
        while true {
            stopReason = loop.stopReason()
            guard stopReason == nil else { return nil }
            followSize()
            if let key = loop.keys.next() { return key }
            let ready = loop.wake.sleep(watching: loop.input)
            if ready.input {
                guard readKeys() else { return nil }
            } else if ready.woken {
                loop.wake.clear()
                printAbove()
            }
        }
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

    /// Draws the line for the terminal's new size, if it has one.
    ///
    /// The signal of a new size only wakes the thread: it can be lost, so sizes are compared.
    private func followSize() {
        guard noteSize() else { return }
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
        return EditedBlock(
            cursor: layout.position(promptWidth: promptWidth, text: text, cursor: cursor),
            end: layout.position(promptWidth: promptWidth, text: text, cursor: text.count),
        )
    }
}
