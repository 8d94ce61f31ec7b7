private import CTerminal

/// Where libedit has put the cursor on the screen, which it does not tell.
///
/// The rules are those by which libedit paints a line (its refresh.c); widths are libc's, by the
/// locale of the process, as libedit's are.
package struct CursorLayout: Equatable, Sendable {
    /// A place below and right of where the prompt begins, from 0.
    package struct Position: Equatable, Comparable, Sendable {
        package var row: Int
        package var column: Int

        package init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }

        package static func < (left: Self, right: Self) -> Bool {
            (left.row, left.column) < (right.row, right.column)
        }
    }

    /// The size of the terminal, in characters.
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// The columns that a prompt of one row takes.
    package static func width(of prompt: String) -> Int {
        prompt.unicodeScalars.reduce(0) { $0 + cells(of: $1.value) }
    }

    /// The columns that a character takes; 0 for one that joins the character before it.
    package static func width(of scalar: Unicode.Scalar) -> Int {
        scalar.value >= 0x20 && scalar.value < 0x7F ? 1 : cells(of: scalar.value)
    }

    /// The cursor's place before the character at `cursor` of `text`, which follows the prompt.
    ///
    /// The row is one of the screen: of a line taller than it libedit shows the tail.
    package func position(promptWidth: Int, text: [UInt32], cursor: Int) -> Position {
        var place = Position(row: promptWidth / columns, column: promptWidth % columns)
        for character in text.prefix(cursor) { advance(&place, over: character) }
        if cursor < text.count { makeRoom(&place, for: text[cursor]) }
        place.row = min(place.row, rows - 1)
        return place
    }

    /// The same place, where libedit has moved the cursor there without drawing the line.
    ///
    /// It then goes by rules of its own (`re_refresh_cursor`): a tab over the right margin goes to
    /// a tab stop beyond it, not to the beginning of the next row.
    package func positionAfterMove(promptWidth: Int, text: [UInt32], cursor: Int) -> Position {
        var place = Position(row: promptWidth / columns, column: promptWidth % columns)
        for character in text.prefix(cursor) {
            if character == 0x0A {
                place = Position(row: place.row + 1, column: 0)
                continue
            }
            if character == 0x09 {
                place.column += 8 - place.column % 8
            } else {
                makeRoom(&place, for: character)
                place.column += Self.cells(of: character)
            }
            if place.column >= columns {
                place = Position(row: place.row + 1, column: place.column - columns)
            }
        }
        if cursor < text.count { makeRoom(&place, for: text[cursor]) }
        place.row = min(place.row, rows - 1)
        return place
    }

    private func advance(_ place: inout Position, over character: UInt32) {
        switch character {
        case 0x0A:
            place = Position(row: place.row + 1, column: 0)
        case 0x09:
            repeat { step(&place, by: 1) } while place.column % 8 != 0
        default:
            let cells = Self.cells(of: character)
            guard Self.isPrintable(character) else {
                return (0..<cells).forEach { _ in step(&place, by: 1) }
            }
            makeRoom(&place, for: character)
            step(&place, by: cells)
        }
    }

    /// A wide character that does not fit goes to the next row.
    private func makeRoom(_ place: inout Position, for character: UInt32) {
        let width = Int(character_width(character))
        if width > 1, place.column + width > columns {
            place = Position(row: place.row + 1, column: 0)
        }
    }

    private func step(_ place: inout Position, by width: Int) {
        place.column += width
        if place.column >= columns { place = Position(row: place.row + 1, column: 0) }
    }

    /// A control character is shown as `^A`, one that cannot be printed as `\U+ABCD`.
    private static func cells(of character: UInt32) -> Int {
        if isPrintable(character) { return Int(character_width(character)) }
        if character < 0x100 { return 2 }
        return character > 0xFFFF ? 8 : 7
    }

    /// NUL has a width of 0 and is not printable.
    private static func isPrintable(_ character: UInt32) -> Bool {
        character != 0 && character_width(character) >= 0
    }
}
