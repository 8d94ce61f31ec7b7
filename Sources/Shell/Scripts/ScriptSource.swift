private import Glibc
import LineEditing

/// Where a script comes from.
public enum ScriptSource: Sendable, Equatable {
    /// Standard input.
    case standardInput
    /// Commands of the command line, as lines.
    case commands([String])
    /// A file, by its path.
    case file(String)

    /// What errors call it: `stdin:3: …`.
    var name: String {
        switch self {
        case .standardInput: "stdin"
        case .commands: "-c"
        case .file(let path): path
        }
    }

    /// Opens it, and gives it to `body`.
    ///
    /// - Throws: ``Failure`` with the status 66 where it cannot be opened; what `body` throws.
    func read<Result>(_ body: (PlainReader) async throws -> Result) async throws -> Result {
        switch self {
        case .standardInput: return try await body(try PlainReader())
        case .commands(let commands):
            let text = commands.joined(separator: "\n")
            return try await body(try PlainReader(text: Array(text.utf8)))
        case .file(let path):
            // A pipe is waited for by the reader, until somebody has written into it.
            let (descriptor, _) = try InputFile.open(path)
            defer { close(descriptor) }
            return try await body(try PlainReader(fileDescriptor: descriptor))
        }
    }

    /// What tells whether two sources are the same file; `nil` where there is nothing to tell.
    var identity: Identity? {
        guard case .file(let path) = self else { return nil }
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    }

    /// What the system knows a file by, whatever its path.
    struct Identity: Equatable, Sendable {
        let device: UInt64
        let number: UInt64
    }
}
