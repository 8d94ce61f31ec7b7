import Gob
import GobJSON

/// A kind of what a peer can send that is never shown as it is.
///
/// The man page has the same table; a test compares them.
package enum Escaped: Sendable, CaseIterable {
    /// What would begin a row, go back in one, or have no width of its own.
    case lineEnd
    /// What a terminal obeys, as ESC.
    case control
    /// What some terminals obey, too, as CSI in one character.
    case secondControl
    /// What makes text read otherwise than it is.
    case direction
    /// What some programs take for a line end.
    case separator
    /// What nobody sees.
    case invisible
    /// What every font has something else for.
    case privateUse
    /// What has no meaning, and no width that is known.
    case unassigned
    /// What would be drawn over what is ours, or over other rows.
    case mark
    /// What is no text.
    case invalid

    /// What it is, in the words of the man page.
    package var title: String {
        switch self {
        case .lineEnd: "Line end, carriage return, tab"
        case .control: "Other control characters, delete"
        case .secondControl: "Controls from U+0080 to U+009F"
        case .direction: "Marks and overrides of direction"
        case .separator: "Separators of lines and paragraphs"
        case .invisible: "Other characters that are not seen"
        case .privateUse: "Characters for private use"
        case .unassigned: "Characters that Unicode does not have"
        case .mark: "Marks that nothing carries, or too many"
        case .invalid: "Bytes that are not UTF-8"
        }
    }

    /// Some of it.
    package var example: [UInt8] {
        switch self {
        case .lineEnd: Array("\n\r\t".utf8)
        case .control: [0x1B]
        case .secondControl: Array("\u{9B}".utf8)
        case .direction: Array("\u{202E}".utf8)
        case .separator: Array("\u{2028}".utf8)
        case .invisible: Array("\u{E0041}".utf8)
        case .privateUse: Array("\u{E000}".utf8)
        case .unassigned: Array("\u{378}".utf8)
        case .mark: Array("\u{301}".utf8)
        case .invalid: [0xFF]
        }
    }

    /// How the example is shown, in a text and in a Go literal.
    package var shown: String { Harmless.text(example) }

    /// How the example is shown in JSON.
    package var shownInJSON: String {
        let value = GobValue.invalidString(example)
        let datum = GobDatum(schema: GobSchema(), type: TypeIndex(.string), value: value)
        return String(Harmless.json(GobJSONWriter.text(of: datum)).dropFirst().dropLast())
    }

    /// What a character is; `nil` where it may be shown.
    ///
    /// Whether a mark may, depends on what is before it.
    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // The letters of Latin are told apart quickly.
        case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF: return nil
        case 0x09, 0x0A, 0x0D: self = .lineEnd
        case 0x00...0x1F, 0x7F: self = .control
        case 0x80...0x9F: self = .secondControl
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: self = .direction
        case 0x2028, 0x2029: self = .separator
        // Scripts and pictures are not what they are without these.
        case 0x200C, 0x200D, 0xFE0E, 0xFE0F: return nil
        default:
            switch scalar.properties.generalCategory {
            case .format: self = .invisible
            case .privateUse: self = .privateUse
            case .unassigned, .surrogate: self = .unassigned
            default:
                guard scalar.properties.isDefaultIgnorableCodePoint else { return nil }
                self = .invisible
            }
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is drawn over what is before it, or joins it with what follows.
    var isMark: Bool {
        guard value >= 0x300 else { return false }
        return switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }
}
