private import CTerminal

extension CursorLayout {
    /// Has characters measured as UTF-8 terminals show them, whatever the environment says; a
    /// ``LineEditor`` does so itself.
    package static func measureUTF8() {
        _ = locale_use_utf8()
    }
}
