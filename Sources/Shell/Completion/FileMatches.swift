extension Matches {
    /// Takes in the files whose paths begin with what is typed.
    ///
    /// - Parameters:
    ///   - typed: A path, of which the last part may be the beginning of a name.
    ///   - home: What `~/` stands for.
    ///   - mark: What stands before the path in the word.
    mutating func addFiles(_ typed: [UInt8], home: String?, behind mark: [UInt8] = []) {
        let slash = UInt8(ascii: "/")
        if typed == Array("~".utf8), home != nil {
            return add(Match(word: mark + Array("~/".utf8), shown: "~/", isOpen: true))
        }
        let folder = typed.lastIndex(of: slash).map { typed[...$0] } ?? []
        let start = Array(typed[folder.endIndex...])
        let folderText = String(decoding: folder, as: UTF8.self)
        let place = folder.isEmpty ? "./" : HomePath.expanded(folderText, home: home)
        let isWhole = FolderListing.read(place) { entry in
            guard entry.name.utf8.starts(with: start) else { return }
            // A hidden file is offered to who asks for it.
            if start.isEmpty, entry.name.utf8.first == UInt8(ascii: ".") { return }
            // It would be taken for the home folder.
            if folder.isEmpty, entry.name == "~" { return }
            if addUnlisted(entry.name, after: mark.count + folder.count) { return }
            addFile(entry, in: mark + folder, at: place)
        }
        if !isWhole { isCut = true }
    }

    private mutating func addFile(
        _ entry: FolderListing.Entry,
        in folder: [UInt8],
        at place: String,
    ) {
        let isFolder = entry.isFolder ?? FolderListing.isFolder("\(place)\(entry.name)")
        let end = isFolder ? "/" : ""
        let word = folder + Array("\(entry.name)\(end)".utf8)
        add(Match(word: word, shown: Harmless.text(entry.name) + end, isOpen: isFolder))
    }
}

/// Paths that begin with `~`.
enum HomePath {
    /// The path with `~/`, or `~` alone, replaced by the home folder, where that is known.
    static func expanded(_ path: String, home: String?) -> String {
        guard let home, path == "~" || path.hasPrefix("~/") else { return path }
        return home + path.dropFirst()
    }
}
