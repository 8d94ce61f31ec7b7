/// The bytes of a keyboard, as characters.
///
/// A character cut by the end of a block waits for the rest. Bytes that are no UTF-8 become
/// U+FFFD, so that it is seen that something was typed.
struct KeyDecoder {
    private var characters: [Unicode.Scalar] = []
    private var taken = 0
    private var incomplete: [UInt8] = []

    /// Adds bytes as they were read.
    mutating func append(_ bytes: [UInt8]) {
        let all = incomplete + bytes
        let complete = all.count - Self.incompleteCount(at: all)
        incomplete = Array(all[complete...])
        let decoded = String(decoding: all[..<complete], as: UTF8.self).unicodeScalars
        characters.removeFirst(taken)
        characters += decoded
        taken = 0
    }

    /// The next character, if there is one that is complete.
    mutating func next() -> Unicode.Scalar? {
        guard taken < characters.count else { return nil }
        defer { taken += 1 }
        return characters[taken]
    }

    /// Forgets what was typed ahead.
    mutating func discard() {
        self = KeyDecoder()
    }

    /// How many bytes at the end begin a character whose rest is missing.
    private static func incompleteCount(at bytes: [UInt8]) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            guard byte & 0xC0 != 0x80 else { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }
}
