extension Handler {
    /// The command that makes the row, as it can be typed.
    var text: String {
        var words = ["on", name.commandWord, form.words]
        switch answer {
        case .nothing, .setting: break
        case .line(let text): words.append("reply \(Harmless.quoted(text))")
        case .bytes(_, let word): words.append("reply \(Harmless.quoted(Array(word.utf8)))")
        case .input: words.append("echo")
        }
        if let delay { words.append("delay \(delay.word)") }
        if let every { words.append("every \(every)") }
        if closes { words.append("close") }
        if drops { words.append("drop") }
        return words.joined(separator: " ")
    }
}

extension Handler.Form {
    fileprivate var words: String {
        switch self {
        case .line: "line"
        case .gob: "gob"
        case .bytes(let count): "bytes \(count)"
        case .nothing: "none"
        }
    }
}
