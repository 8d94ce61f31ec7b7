/// What a line is edited with; called by libedit while ``EditLine/read(prompt:from:)`` runs.
struct KeySource {
    /// What a key of ours did to the line.
    enum Effect {
        /// It is as it was, and so is its picture.
        case unchanged
        /// It is to be drawn anew.
        case changed
        /// Nothing could be done: the terminal beeps.
        case refused
    }

    /// The next key; nil gives the line up.
    var next: () -> Unicode.Scalar?
    /// Tab.
    var complete: () -> Effect
    /// Inserts what was pasted, when ``KeyDecoder/pasteKey`` is the key.
    var paste: () -> Effect
    /// Told that libedit draws the whole line.
    var drawn: () -> Void
}
