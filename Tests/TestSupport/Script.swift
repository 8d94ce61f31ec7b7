import Foundation

/// A script of the shell's that failed, with the beginning of what it wrote to standard error.
public struct ScriptFailure: Error, CustomStringConvertible {
    /// That beginning.
    public let description: String
}

/// Runs a script of the shell's to its end.
///
/// - Parameters:
///   - script: the script.
///   - arguments: what it has as `$0`, `$1` and so on.
/// - Returns: what it wrote to standard output.
/// - Throws: `ScriptFailure` where it ends with another status than 0, and what starting it throws.
public func run(script: String, _ arguments: [String] = []) async throws -> [UInt8] {
    let (output, errors) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script] + arguments
    process.standardOutput = output
    process.standardError = errors
    let ended = AsyncStream<Int32> { continuation in
        process.terminationHandler = {
            continuation.yield($0.terminationStatus)
            continuation.finish()
        }
    }
    try process.run()
    async let text = all(of: errors)
    let bytes = await all(of: output)
    let message = String(decoding: await text.prefix(4_000), as: UTF8.self)
    for await status in ended where status == 0 { return bytes }
    throw ScriptFailure(description: message)
}

/// What comes out of a pipe, to its end.
private func all(of pipe: Pipe) async -> [UInt8] {
    await onThread { Array((try? pipe.fileHandleForReading.readToEnd()) ?? Data()) }
}
