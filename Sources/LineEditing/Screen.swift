private import Glibc

/// The terminal's output: its size, and the bytes that move what is on it.
struct Screen {
    /// The size of a terminal, in characters.
    struct Size: Equatable {
        var columns = 80
        var rows = 24
    }

    /// The descriptor written to; it stays the caller's.
    let fileDescriptor: Int32
    /// Whether the terminal can only print, as `TERM=dumb` says.
    let isDumb: Bool

    /// The size now; 80 by 24 where the system does not know one, as libedit has it.
    static func size(of fileDescriptor: Int32) -> Size {
        var found = winsize()
        var size = Size()
        guard ioctl(fileDescriptor, UInt(TIOCGWINSZ), &found) == 0 else { return size }
        if found.ws_col > 1 { size.columns = Int(found.ws_col) }
        if found.ws_row > 0 { size.rows = Int(found.ws_row) }
        return size
    }

    /// Writes at once.
    func write(_ text: String) {
        SystemCall.write(Array(text.utf8), to: fileDescriptor)
    }

    /// Begins an empty row, over what the terminal may have echoed there.
    var freshRow: String {
        isDumb ? "\r" : "\r\u{1B}[J"
    }

    /// Has the terminal enclose what is pasted, or not.
    func pasteMode(_ isOn: Bool) -> String {
        isDumb ? "" : "\u{1B}[?2004\(isOn ? "h" : "l")"
    }

    /// Removes an edited line from the screen; what follows takes its place.
    ///
    /// A dumb terminal cannot, but for a single row: the line stays and a new row begins.
    func erase(_ block: EditedBlock) -> String {
        guard isDumb else {
            return top(of: block) + "\u{1B}[J"
        }
        guard block.end.row == 0 else { return "\r\n" }
        return "\r" + String(repeating: " ", count: block.end.column) + "\r"
    }

    /// Leaves an edited line as it is, with `mark` at its end, and goes to the row below.
    func leave(_ block: EditedBlock, mark: String) -> String {
        let down = block.end.row - block.cursor.row
        guard isDumb else {
            let side = "\r" + move(block.end.column, "C")
            return top(of: block) + move(block.end.row, "B") + side + mark + "\r\n"
        }
        return String(repeating: "\r\n", count: down + 1) + (mark.isEmpty ? "" : mark + "\r\n")
    }

    /// Goes to where the prompt begins.
    ///
    /// Of a line that fills the screen it is the screen's first row, wherever the cursor is:
    /// libedit does not show it in the right row of a line that is taller.
    private func top(of block: EditedBlock) -> String {
        block.fillsScreen ? "\u{1B}[H" : "\r" + move(block.cursor.row, "A")
    }

    private func move(_ count: Int, _ direction: Character) -> String {
        count > 0 ? "\u{1B}[\(count)\(direction)" : ""
    }
}

/// Where the line being edited is on the screen, from the row where its prompt begins.
struct EditedBlock: Equatable {
    var cursor: CursorLayout.Position
    var end: CursorLayout.Position
    /// Whether it has as many rows as the screen, or more.
    var fillsScreen: Bool
}
