private import Glibc

/// The names in a folder, read one after the other and no more than a number of them.
enum FolderListing {
    /// How many names are read at most.
    static let limit = 200_000

    /// A name in a folder.
    struct Entry {
        let name: String
        /// Whether it is a folder, where the folder it is in says so; of a link it does not.
        let isFolder: Bool?
    }

    /// Calls something with every name but `.` and `..`, in no order.
    ///
    /// A name that is no UTF-8 cannot be typed and is left out.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - limit: How many are read at most.
    ///   - body: Called with each.
    /// - Returns: Whether there were no more; true also where the folder cannot be read.
    static func read(_ path: String, limit: Int = limit, _ body: (Entry) -> Void) -> Bool {
        guard let folder = opendir(path) else { return true }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            guard count < limit else { return false }
            count += 1
            let type = Int(entry.pointee.d_type)
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    String(validatingCString: $0)
                }
            }
            guard let name, name != ".", name != ".." else { continue }
            let isKnown = type != DT_LNK && type != DT_UNKNOWN
            body(Entry(name: name, isFolder: isKnown ? type == DT_DIR : nil))
        }
        return true
    }

    /// Whether a path is that of a folder, through links.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
