private import CTerminal

/// A line edited by libedit; used by one thread at a time.
///
/// What later issues bind, add or source belongs into ``bindKeys()`` and its neighbours.
final class EditLine {
    /// How the editing of a line ended.
    enum Outcome: Equatable {
        case line(String)
        /// Given up by the source of keys; the cursor is where it was.
        case givenUp
        /// Ended by libedit: by Ctrl-D, or in a command of its own whose key did not come.
        case ended
    }

    private let handle: OpaquePointer

    /// Takes the terminal over, until this object is gone; the descriptors stay the caller's.
    init(
        programName: String,
        input: Int32,
        output: Int32,
        error: Int32,
        historyLimit: Int
    ) throws(LineEditorError) {
        let opened = line_open(programName, input, output, error, Int32(clamping: historyLimit))
        guard let opened else {
            throw .unavailable(what: "the line editor", reason: SystemCall.reason())
        }
        handle = opened
        bindKeys()
    }

    deinit {
        line_close(handle)
    }

    /// Whether libedit has no description of the terminal.
    var isTerminalUnknown: Bool {
        line_terminal_unknown(handle)
    }

    /// The characters being edited, and the cursor's place among them.
    var text: (characters: [UInt32], cursor: Int) {
        var count = 0
        var cursor = 0
        let start = line_text(handle, &count, &cursor)
        let characters = UnsafeBufferPointer(start: start, count: count)
        return (characters.map { UInt32(bitPattern: $0) }, cursor)
    }

    /// Edits one line with the keys that `nextKey` gives; its nil gives the line up.
    func read(prompt: String, nextKey: @escaping () -> Unicode.Scalar?) -> Outcome {
        var count: Int32 = 0
        let context = KeyContext(nextKey)
        let bytes = withExtendedLifetime(context) {
            line_read(
                handle,
                prompt,
                KeyContext.give,
                Unmanaged.passUnretained(context).toOpaque(),
                &count,
            )
        }
        guard let bytes, count > 0 else { return count < 0 ? .givenUp : .ended }
        let buffer = UnsafeRawBufferPointer(start: bytes, count: Int(count))
        let line = buffer.last == 0x0A ? buffer.dropLast() : buffer[...]
        return .line(String(decoding: line, as: UTF8.self))
    }

    /// Draws the line anew from the row where the cursor is, as if nothing of it were there.
    func refresh() {
        line_refresh(handle)
    }

    /// Takes note of the terminal's new size.
    func resize() {
        line_resize(handle)
    }

    /// Makes the terminal raw, as for editing, or puts it back as it was.
    func prepareTerminal(raw: Bool) {
        line_prepare(handle, raw)
    }

    /// Adds a line to the history.
    func remember(_ line: String) {
        line_remember(handle, line)
    }

    private func bindKeys() {
        let bindings = [
            ("^R", "em-inc-search-prev"),
            ("^W", "ed-delete-prev-word"),
            ("\\e[1;5D", "ed-prev-word"),
            ("\\e[1;5C", "em-next-word"),
            ("\\eb", "ed-prev-word"),
            ("\\ef", "em-next-word"),
        ]
        for (key, command) in bindings { line_bind(handle, key, command) }
    }
}

/// Carries the source of keys through the C call.
private final class KeyContext {
    private let nextKey: () -> Unicode.Scalar?

    init(_ nextKey: @escaping () -> Unicode.Scalar?) {
        self.nextKey = nextKey
    }

    static let give: line_reader = { context, character in
        guard let context, let character else { return -1 }
        let keys = Unmanaged<KeyContext>.fromOpaque(context).takeUnretainedValue()
        guard let key = keys.nextKey() else { return -1 }
        character.pointee = key.value
        return 1
    }
}
