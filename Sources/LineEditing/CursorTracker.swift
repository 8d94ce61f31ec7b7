/// By which of its two ways libedit has last put the cursor where it is.
///
/// They differ where a tab goes over the right margin; see ``CursorLayout``.
struct CursorTracker {
    /// How many characters a line has, and how many of them the cursor is behind.
    struct Extent: Equatable {
        var count = 0
        var cursor = 0
    }

    /// Whether the cursor was moved without the line being drawn.
    private(set) var isMoved = false
    private var isDrawn = false
    private var last = Extent()

    /// Says that the whole line is being drawn.
    mutating func noteDrawing() {
        isDrawn = true
    }

    /// Takes note of the line after a key.
    mutating func note(_ extent: Extent) {
        if isDrawn || extent.count != last.count {
            isMoved = false
        } else if extent.cursor != last.cursor {
            isMoved = true
        }
        isDrawn = false
        last = extent
    }
}
