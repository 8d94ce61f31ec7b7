extension LineEditor {
    /// What stands in front of the line being edited.
    public struct Prompt: Sendable, Equatable {
        /// A single row, without control characters or escape sequences.
        public var text: String

        /// Whether it is bold and green, where the terminal can.
        public var isColored: Bool

        /// A prompt; without colour unless told.
        public init(_ text: String, isColored: Bool = false) {
            self.text = text
            self.isColored = isColored
        }
    }
}

extension LineEditor.Prompt: ExpressibleByStringLiteral {
    /// A prompt without colour.
    public init(stringLiteral text: String) {
        self.init(text)
    }
}

extension LineEditor.Prompt {
    /// What libedit is told encloses an escape sequence of the prompt.
    static let mark: UInt8 = 0x01

    /// The prompt as libedit takes it.
    ///
    /// The colour ends before the last character, since libedit paints an escape sequence only
    /// together with a character behind it.
    func marked(isDumb: Bool) -> String {
        guard isColored, !isDumb, text.count > 1, let last = text.last else { return text }
        let mark = Character(Unicode.Scalar(Self.mark))
        return "\(mark)\u{1B}[1;32m\(mark)\(text.dropLast())\(mark)\u{1B}[0m\(mark)\(last)"
    }
}
