import LineEditing

/// A line being edited, as a person has it in mind: what the editor is compared with.
struct LineModel {
    /// A key, and the name that tmux has for it.
    enum Key: Sendable {
        case character(Unicode.Scalar)
        case left, right, home, end, backspace, delete, wordLeft, wordRight
        case deleteWord, cutToEnd, cutAll, paste

        /// What a terminal sends for it.
        var bytes: String {
            switch self {
            case .character(let scalar): String(scalar)
            case .left: "\u{1B}[D"
            case .right: "\u{1B}[C"
            case .home: "\u{01}"
            case .end: "\u{05}"
            case .backspace: "\u{7F}"
            case .delete: "\u{1B}[3~"
            case .wordLeft: "\u{1B}b"
            case .wordRight: "\u{1B}f"
            case .deleteWord: "\u{17}"
            case .cutToEnd: "\u{0B}"
            case .cutAll: "\u{15}"
            case .paste: "\u{19}"
            }
        }
    }

    private(set) var characters: [Unicode.Scalar] = []
    private(set) var cursor = 0
    private var cut: [Unicode.Scalar] = []

    /// Does what a key does.
    mutating func press(_ key: Key) {
        switch key {
        case .character(let scalar): insert([scalar])
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home: cursor = 0
        case .end: cursor = characters.count
        case .backspace:
            guard cursor > 0 else { return }
            cursor -= 1
            characters.remove(at: cursor)
        case .delete: remove(cursor..<min(characters.count, cursor + 1))
        case .wordLeft: cursor = previousWord
        case .wordRight: cursor = nextWord
        case .deleteWord: remove(previousWord..<cursor)
        case .cutToEnd:
            cut = []
            remove(cursor..<characters.count)
        case .cutAll:
            cut = []
            remove(0..<characters.count)
        case .paste: insert(cut)
        }
    }

    /// The rows in which a terminal shows it after a prompt, with the cursor's mark.
    func picture(prompt: String, columns: Int) -> String {
        var rows = [prompt]
        var used = prompt.count
        var isMarked = false
        for (index, scalar) in characters.enumerated() {
            let width = CursorLayout.width(of: scalar)
            if used + width > columns {
                rows.append("")
                used = 0
            }
            if index == cursor {
                rows[rows.count - 1].append(Screen.mark)
                isMarked = true
            }
            rows[rows.count - 1].unicodeScalars.append(scalar)
            used += width
            if used == columns, index + 1 < characters.count || cursor == characters.count {
                rows.append("")
                used = 0
            }
        }
        if !isMarked { rows[rows.count - 1].append(Screen.mark) }
        return rows.map { $0.trimmingSuffix(" ") }.joined(separator: "\n")
    }

    private mutating func insert(_ text: [Unicode.Scalar]) {
        characters.insert(contentsOf: text, at: cursor)
        cursor += text.count
    }

    /// Takes text away and keeps it for a paste, as libedit does with what Delete removes, too.
    ///
    /// Where there is nothing to take away, what was kept stays, but not with Ctrl-K and Ctrl-U.
    private mutating func remove(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        cut = Array(characters[range])
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var previousWord: Int {
        var place = cursor
        while place > 0, !Self.isWord(characters[place - 1]) { place -= 1 }
        while place > 0, Self.isWord(characters[place - 1]) { place -= 1 }
        return place
    }

    private var nextWord: Int {
        var place = cursor
        while place < characters.count, !Self.isWord(characters[place]) { place += 1 }
        while place < characters.count, Self.isWord(characters[place]) { place += 1 }
        return place
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
