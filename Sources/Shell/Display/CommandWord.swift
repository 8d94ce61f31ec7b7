extension String {
    /// The text as a word of a command, in quotes where it needs them.
    var commandWord: String {
        let isPlain = utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"'#".utf8.contains($0) }
        return isPlain && !isEmpty ? self : Harmless.quoted(Array(utf8))
    }
}
