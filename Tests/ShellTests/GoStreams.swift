import Foundation

/// Streams written by the program in Go of `Tests/GoStreams`.
enum GoStreams {
    struct Failure: Error {}

    private static let source = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../GoStreams").standardizedFileURL

    /// The program, built the first time.
    private static let program: Result<String, any Error> = Result {
        let path = FileManager.default.temporaryDirectory
            .appending(component: "gobtalk-streams-\(UUID().uuidString)").path
        _ = try output(of: "cd \(source.path) && go build -o \(path) .")
        return path
    }

    /// What it writes: the streams of some types by encoders of one process, and how they are packed.
    static func write(_ names: String..., as packing: String = "plain") throws -> [UInt8] {
        let arguments = (names + [packing]).joined(separator: " ")
        return try output(of: "\(program.get()) \(arguments)")
    }

    private static func output(of command: String) throws -> [UInt8] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return Array(bytes)
    }
}
