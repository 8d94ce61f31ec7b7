import Foundation
import TestSupport

/// Streams written by the program in Go of `Tests/GoStreams`.
enum GoStreams {
    private static let source = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../GoStreams").standardizedFileURL.path

    /// The program, built the first time.
    private static let building = Task {
        let path = FileManager.default.temporaryDirectory
            .appending(component: "gobtalk-streams-\(UUID().uuidString)").path
        _ = try await run(script: #"cd "$0" && go build -o "$1" ."#, [source, path])
        return path
    }

    /// What it writes: the streams of some types by encoders of one process, and how they are packed.
    static func write(_ names: String..., as packing: String = "plain") async throws -> [UInt8] {
        try await run(script: #""$0" "$@""#, [building.value] + names + [packing])
    }
}
