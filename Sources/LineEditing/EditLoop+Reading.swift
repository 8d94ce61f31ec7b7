private import CTerminal
private import Glibc

/// Reading one line, with texts above it, signals and a changing size.
extension EditLoop {
    /// Reads a line, edited where the output is a terminal.
    func read(prompt: LineEditor.Prompt) -> ReadResult {
        inbox.takeRemembered().forEach(remember)
        guard let line else { return readUnedited() }
        if !severalLines.isEmpty {
            if let reason = stopReason() { return reason }
            return .line(severalLines.removeFirst())
        }
        let reading = Reading(loop: self, line: line, prompt: prompt)
        self.reading = reading
        defer { self.reading = nil }
        let result = reading.run()
        guard case .line(let text) = result else { return result }
        let rows = text.split(separator: "\n").map(String.init)
        severalLines = rows.dropFirst()
        return .line(rows.first ?? "")
    }

    /// What makes the reading stop before the line is complete, if anything does.
    func stopReason() -> ReadResult? {
        let arrived = takeSignals()
        if termination != nil || arrived.contains(SIGINT) {
            keys.discard()
            severalLines = []
            plainLines.discard()
        }
        if let termination { return .terminated(signal: termination) }
        if arrived.contains(SIGINT) { return .interrupted }
        if arrived.contains(SIGTSTP) { suspend() }
        return inbox.isReadOver ? .end : nil
    }

    /// Reads a line as the terminal gives it, which edits it itself.
    private func readUnedited() -> ReadResult {
        while true {
            if let reason = stopReason() { return reason }
            writeTexts()
            switch try? plainLines.next(limit: .max) {
            case .line(let bytes):
                return .line(String(decoding: bytes, as: UTF8.self))
            case .end:
                plainLines.discard()
                return .end
            case .needsMore, nil:
                readUneditedBlock()
            }
        }
    }

    /// Stops the program, with the terminal as the shell knows it, and draws the line when it goes on.
    private func suspend() {
        guard let line, let reading else { return signal_suspend() }
        screen.write(screen.erase(reading.block))
        enclosePastes(false)
        line.prepareTerminal(raw: false)
        signal_suspend()
        line.prepareTerminal(raw: true)
        enclosePastes(true)
        reading.drawAnew()
    }

    private func readUneditedBlock() {
        let ready = wake.sleep(watching: input)
        if ready.woken { wake.clear() }
        guard ready.input else { return }
        switch SystemCall.read(input, atMost: Reading.blockSize) {
        case .bytes(let bytes): plainLines.append(bytes)
        case .nothingYet: break
        case .end, .failed: plainLines.end()
        }
    }
}
