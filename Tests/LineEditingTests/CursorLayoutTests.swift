import Glibc
import LineEditing
import Testing

@Suite("Where the cursor is", .timeLimit(.minutes(5)))
struct CursorLayoutTests {
    struct Vector: CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var cursor: Int?
        var promptWidth = 2
        var row: Int
        var column: Int
    }

    private static let layout = CursorLayout(columns: 10, rows: 6)

    private static let vectors = [
        Vector(testDescription: "an empty line", text: "", row: 0, column: 2),
        Vector(testDescription: "one column left", text: "1234567", row: 0, column: 9),
        Vector(testDescription: "the exact right margin", text: "12345678", row: 1, column: 0),
        Vector(testDescription: "the second row", text: "123456789", row: 1, column: 1),
        Vector(
            testDescription: "the second row's right margin",
            text: "123456781234567890",
            row: 2,
            column: 0,
        ),
        Vector(
            testDescription: "a cursor in the middle",
            text: "12345678123456789012",
            cursor: 9,
            row: 1,
            column: 1,
        ),
        Vector(testDescription: "a wide character that fits", text: "123456漢", row: 1, column: 0),
        Vector(testDescription: "a wide one that does not", text: "1234567漢", row: 1, column: 2),
        Vector(
            testDescription: "before a wide one that does not fit",
            text: "1234567漢",
            cursor: 7,
            row: 1,
            column: 0,
        ),
        Vector(
            testDescription: "before a wide one that fits",
            text: "123456漢",
            cursor: 6,
            row: 0,
            column: 8,
        ),
        Vector(testDescription: "an emoji", text: "😀", row: 0, column: 4),
        Vector(testDescription: "a combining mark", text: "e\u{301}", row: 0, column: 3),
        Vector(testDescription: "a joiner", text: "a\u{200D}b", row: 0, column: 4),
        Vector(testDescription: "a tab", text: "a\t", row: 0, column: 8),
        Vector(testDescription: "a tab at a stop", text: "123456\t", row: 1, column: 0),
        Vector(testDescription: "a tab over the margin", text: "1234567\tb", row: 1, column: 1),
        Vector(testDescription: "a control character", text: "\u{1}", row: 0, column: 4),
        Vector(testDescription: "delete", text: "\u{7F}", row: 0, column: 4),
        Vector(
            testDescription: "a control character of Latin-1",
            text: "\u{85}",
            row: 0,
            column: 4
        ),
        Vector(testDescription: "NUL", text: "\0", row: 0, column: 4),
        Vector(
            testDescription: "a control character over the margin",
            text: "1234567\u{1}",
            row: 1,
            column: 1,
        ),
        Vector(testDescription: "an unprintable one", text: "\u{E000}", row: 0, column: 3),
        Vector(testDescription: "a noncharacter", text: "\u{FFFF}", row: 0, column: 9),
        Vector(testDescription: "one above U+FFFF", text: "\u{10FFFF}", row: 1, column: 0),
        Vector(testDescription: "the row of a search", text: "abc\nbck:a", row: 1, column: 5),
        Vector(
            testDescription: "a search below an exact margin",
            text: "12345678\nbck:",
            row: 2,
            column: 4,
        ),
        Vector(
            testDescription: "a prompt as wide as the screen",
            text: "",
            promptWidth: 10,
            row: 1,
            column: 0,
        ),
        Vector(
            testDescription: "a line taller than the screen",
            text: String(repeating: "x", count: 100),
            row: 5,
            column: 2,
        ),
    ]

    init() {
        setlocale(LC_CTYPE, "C.UTF-8")
    }

    private static func scalars(_ text: String) -> [UInt32] {
        text.unicodeScalars.map(\.value)
    }

    @Test("the cursor is where libedit paints it", arguments: vectors)
    func position(vector: Vector) {
        let text = Self.scalars(vector.text)
        let position = Self.layout.position(
            promptWidth: vector.promptWidth,
            text: text,
            cursor: vector.cursor ?? text.count,
        )
        #expect(position == CursorLayout.Position(row: vector.row, column: vector.column))
    }

    @Test("a cursor further right is never further up", arguments: 2...24)
    func monotone(columns: Int) {
        let layout = CursorLayout(columns: columns, rows: 1000)
        let text = Self.scalars("ab漢字c\u{1}\td😀e\u{301}f漢漢漢\u{FFFF}漢\nbck:漢 x\u{10FFFF}")
        var last = CursorLayout.Position(row: 0, column: 0)
        for cursor in 0...text.count {
            let position = layout.position(promptWidth: 3, text: text, cursor: cursor)
            #expect(position >= last)
            #expect((0..<columns).contains(position.column))
            last = position
        }
    }

    @Test("the row stays on the screen", arguments: 1...5)
    func clamped(rows: Int) {
        let layout = CursorLayout(columns: 7, rows: rows)
        let text = Self.scalars(String(repeating: "漢a", count: 50))
        for cursor in 0...text.count {
            let position = layout.position(promptWidth: 2, text: text, cursor: cursor)
            #expect((0..<rows).contains(position.row))
        }
    }

    @Test("a prompt's width is that of its characters")
    func promptWidth() {
        #expect(CursorLayout.width(of: "gobtalk> ") == 9)
        #expect(CursorLayout.width(of: "漢字 é> ") == 8)
        #expect(CursorLayout.width(of: "") == 0)
    }
}
