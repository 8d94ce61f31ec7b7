import Foundation

/// The program in Go of `Tests/GoPeer`, built once for a run of the tests.
enum GoPeer {
    private static let building = Task { try await build() }

    /// The program's path.
    static var path: String {
        get async throws { try await building.value }
    }

    private static func build() async throws -> String {
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../GoPeer").standardizedFileURL.path
        let binary = FileManager.default.temporaryDirectory
            .appending(component: "gobtalk-go-peer-\(ProcessInfo.processInfo.processIdentifier)")
            .path
        let outcome = try await Tool.run(
            "sh",
            ["-c", "cd \"$0\" && go build -o \"$1\" .", source, binary]
        )
        guard outcome.status == 0 else {
            throw Missing(description: "no Go peer (Debian's golang-go): \(outcome.errors)")
        }
        return binary
    }
}
