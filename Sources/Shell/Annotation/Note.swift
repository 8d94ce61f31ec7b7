/// Bytes of a conversation that belong together, and what they mean.
struct Note: Sendable, Equatable {
    /// The bytes.
    let bytes: [UInt8]
    /// What they mean, in a few words that are harmless; empty where nobody knows.
    let meaning: String
}

extension Note {
    /// How much of a part of a conversation came at once.
    struct Coverage {
        let isBegun: Bool
        let isEnded: Bool

        /// How much of a text is shown beside its bytes.
        private static let textLimit = 40

        /// A part in words, with the text that it is where all of it came.
        func words(_ name: String, _ line: [UInt8]) -> String {
            guard isBegun, isEnded else { return words(name) }
            let text = Array(line.last == lineEnd ? line.dropLast() : line[...])
            let rest = text.count > Self.textLimit ? "…" : ""
            return "\(name) \(Harmless.quoted(text.textPrefix(Self.textLimit)))\(rest)"
        }

        /// A part in words, with how much of it came.
        func words(_ name: String) -> String {
            switch (isBegun, isEnded) {
            case (true, true): name
            case (true, false): "\(name), the beginning"
            case (false, false): "\(name), more of it"
            case (false, true): "\(name), the end"
            }
        }
    }
}
