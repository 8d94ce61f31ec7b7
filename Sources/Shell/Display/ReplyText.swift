extension Output {
    /// A reply as it is shown: harmless, and cut on a screen where it is long.
    ///
    /// It stands at the beginning of a row. On a screen one that could pass for a prompt, a message or
    /// a gutter is shown as a literal, in quotes.
    func replyText(_ reply: [UInt8]) -> String {
        let start = reply.textPrefix(extent.bytes)
        let isBare = columns == nil || reply.isEmpty || isSentence(start)
        let rest = reply.count > extent.bytes ? "… \(reply.count) bytes in all" : ""
        return (isBare ? Harmless.text(start) : Harmless.quoted(start)) + rest
    }

    /// Whether a text begins with a letter, as no message does, and has not what ends a prompt.
    private func isSentence(_ text: [UInt8]) -> Bool {
        let first = String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first
        return first?.properties.isAlphabetic == true && !text.contains(UInt8(ascii: ">"))
    }
}
