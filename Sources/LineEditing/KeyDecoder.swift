/// The bytes of a keyboard, as keys.
///
/// A character cut by the end of a block waits for the rest. Bytes that are no UTF-8 become
/// U+FFFD, so that it is seen that something was typed. What is pasted, which the terminal
/// encloses in two escape sequences, is one key: ``pasteKey``.
struct KeyDecoder {
    /// Stands for a paste; no keyboard gives it.
    static let pasteKey = Unicode.Scalar(0x80 as UInt8)
    /// Stands for the escape key where keys that begin with ESC are something else.
    static let escapeKey = Unicode.Scalar(0x81 as UInt8)

    /// What encloses a paste.
    private static let pasteBegin = Array("\u{1B}[200~".utf8)
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// What was pasted with the last ``pasteKey``.
    private(set) var pasted: [Unicode.Scalar] = []

    private var characters: [Unicode.Scalar] = []
    private var taken = 0
    private var pastes: [[Unicode.Scalar]] = []
    /// Typed, and not yet whole.
    private var incomplete: [UInt8] = []
    /// The paste that has begun, if one has.
    private var paste: PasteBuffer?

    /// Adds bytes as they were read.
    mutating func append(_ bytes: [UInt8]) {
        characters.removeFirst(taken)
        taken = 0
        var rest = bytes[...]
        while !rest.isEmpty {
            rest = paste == nil ? appendTyped(rest) : appendPasted(rest)
        }
    }

    /// The next key, if there is one that is complete.
    mutating func next() -> Unicode.Scalar? {
        guard taken < characters.count else { return nil }
        defer { taken += 1 }
        let key = characters[taken]
        if key == Self.pasteKey { pasted = pastes.removeFirst() }
        return key
    }

    /// The key after the last one given, if it has come.
    var upcoming: Unicode.Scalar? {
        taken < characters.count ? characters[taken] : nil
    }

    /// Has ``pasteKey`` stand for a character, and returns it.
    mutating func asPasted(_ character: Unicode.Scalar) -> Unicode.Scalar {
        pasted = [character]
        return Self.pasteKey
    }

    /// Takes what the last ``pasteKey`` stands for.
    mutating func takePasted() -> [Unicode.Scalar] {
        defer { pasted = [] }
        return pasted
    }

    /// Forgets what was typed ahead.
    mutating func discard() {
        self = KeyDecoder()
    }

    /// Takes keys up to the beginning of a paste; what follows is left.
    private mutating func appendTyped(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let all = incomplete + bytes
        incomplete = []
        if let begin = all.firstRange(of: Self.pasteBegin) {
            decode(all[..<begin.lowerBound])
            paste = PasteBuffer(end: Self.pasteEnd)
            return all[begin.upperBound...]
        }
        let complete = all.count - Self.incompleteCount(at: all)
        incomplete = Array(all[complete...])
        decode(all[..<complete])
        return []
    }

    /// Takes the paste up to its end; what follows is left.
    private mutating func appendPasted(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let rest = paste?.append(bytes) else { return [] }
        pastes.append(paste?.text ?? [])
        paste = nil
        characters.append(Self.pasteKey)
        return rest
    }

    private mutating func decode(_ bytes: ArraySlice<UInt8>) {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            // The keys of ours cannot be typed.
            let isOurs = scalar == Self.pasteKey || scalar == Self.escapeKey
            characters.append(isOurs ? "\u{FFFD}" : scalar)
        }
    }

    /// How many bytes at the end begin a character, or a paste, whose rest is missing.
    ///
    /// A lone ESC is the escape key.
    private static func incompleteCount(at bytes: [UInt8]) -> Int {
        for count in 2..<pasteBegin.count where bytes.suffix(count) == pasteBegin[..<count] {
            return count
        }
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            guard byte & 0xC0 != 0x80 else { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? back : 0
        }
        return 0
    }
}
