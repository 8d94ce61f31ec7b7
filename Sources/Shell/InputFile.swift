private import Glibc

/// Reads files that the user names.
enum InputFile {
    /// The largest file that is read, in bytes: 256 MiB.
    static let sizeLimit = 256 << 20

    /// The whole of a file.
    ///
    /// - Throws: ``Failure`` with the status 66, which names the file and the reason.
    static func read(_ path: String) throws -> [UInt8] {
        // Without waiting for somebody to write into a pipe.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
        if status.st_mode & S_IFMT == S_IFDIR { throw failure(path, EISDIR) }
        guard status.st_mode & S_IFMT == S_IFREG else {
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
        Failure(.noInput, "cannot read \"\(path)\": \(String(cString: strerror(code)))".harmless)
    }
}
