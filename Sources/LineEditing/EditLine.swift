private import CTerminal

/// A line edited by libedit; used by one thread at a time.
///
/// What is bound to the keys is in EditLine+Keys.swift.
final class EditLine {
    /// How the editing of a line ended.
    enum Outcome: Equatable {
        case line(String)
        /// Given up by the source of keys; the cursor is where it was.
        case givenUp
        /// Ended by libedit: by Ctrl-D, or in a command of its own whose key did not come.
        case ended
    }

    let handle: OpaquePointer
    /// Whether the keys are vi's, by the user's `.editrc`.
    let isVi: Bool

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
        isVi = Self.bindKeys(of: opened)
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

    /// The size of that.
    var extent: CursorTracker.Extent {
        var extent = CursorTracker.Extent()
        line_text(handle, &extent.count, &extent.cursor)
        return extent
    }

    /// Edits one line with the keys that `source` gives; its nil gives the line up.
    func read(prompt: String, from source: KeySource) -> Outcome {
        var count: Int32 = 0
        let context = KeyContext(source)
        let bytes = withExtendedLifetime(context) {
            line_read(
                handle,
                prompt,
                KeyContext.callbacks,
                Unmanaged.passUnretained(context).toOpaque(),
                &count,
            )
        }
        guard let bytes, count > 0 else { return count < 0 ? .givenUp : .ended }
        let buffer = UnsafeRawBufferPointer(start: bytes, count: Int(count))
        let line = buffer.last == 0x0A ? buffer.dropLast() : buffer[...]
        return .line(String(decoding: line, as: UTF8.self))
    }

    /// Inserts characters at the cursor, to be drawn later; a NUL ends them.
    func insert(_ text: some Sequence<Unicode.Scalar>) {
        line_insert(handle, text.map { Int32(bitPattern: $0.value) } + [0])
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
}

/// Carries the source of keys through the C call.
private final class KeyContext {
    private let source: KeySource

    init(_ source: KeySource) {
        self.source = source
    }

    static let callbacks = line_callbacks(
        read: { context, character in
            guard let source = source(context), let character else { return -1 }
            guard let key = source.next() else { return -1 }
            character.pointee = key.value
            return 1
        },
        act: { context, action in
            guard let source = source(context) else { return LINE_REFUSED }
            let effect = action == LINE_PASTE ? source.paste() : source.complete()
            return switch effect {
            case .unchanged: LINE_UNCHANGED
            case .changed: LINE_CHANGED
            case .refused: LINE_REFUSED
            }
        },
        drawn: { context in source(context)?.drawn() },
    )

    private static func source(_ context: UnsafeMutableRawPointer?) -> KeySource? {
        context.map { Unmanaged<KeyContext>.fromOpaque($0).takeUnretainedValue().source }
    }
}
