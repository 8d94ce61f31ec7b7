private import Glibc
import GoTypes

/// Reads files that the user names.
enum InputFile {
    /// The largest file that is read, in bytes: 256 MiB.
    static let sizeLimit = 256 << 20

    /// Opens a file that is no directory, without waiting for anything.
    ///
    /// - Returns: Its descriptor, which is the caller's to close, and whether it is a regular file.
    /// - Throws: ``Failure`` with the status 66, which names the file and the reason.
    static func open(_ path: String) throws -> (descriptor: Int32, isRegular: Bool) {
        // Without waiting for somebody to write into a pipe.
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, errno) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        let code = isKnown ? EISDIR : errno
        guard isKnown, status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw failure(path, code)
        }
        return (descriptor, status.st_mode & S_IFMT == S_IFREG)
    }

    /// The whole of a file.
    ///
    /// - Throws: ``Failure`` with the status 66, which names the file and the reason.
    static func read(_ path: String) throws -> [UInt8] {
        let (descriptor, isRegular) = try open(path)
        defer { close(descriptor) }
        guard isRegular else {
            throw Failure(.noInput, "cannot read \"\(path)\": not a regular file".harmless)
        }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path, errno)
            }
            bytes += block[..<count]
            guard bytes.count <= sizeLimit else {
                throw Failure(.noInput, "cannot read \"\(path)\": more than \(sizeLimit) bytes")
            }
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        let meant = code == ENOENT ? nearestPath(to: path) : nil
        let hint = meant.map { "; did you mean \"\($0)\"?" } ?? ""
        let reason = "cannot read \"\(path)\": \(String(cString: strerror(code)))"
        return Failure(.noInput, (reason + hint).harmless)
    }

    /// The file in the same folder whose name is nearest, where the folder is a small one.
    private static func nearestPath(to path: String) -> String? {
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
        let folder = path[..<(end ?? path.startIndex)]
        var names: [String] = []
        let isWhole = FolderListing.read(folder.isEmpty ? "." : String(folder), limit: 1_000) {
            names.append($0.name)
        }
        guard isWhole else { return nil }
        return nearest(to: String(path.dropFirst(folder.count)), among: names).map { folder + $0 }
    }
}
