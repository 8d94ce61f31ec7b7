import Foundation

/// Runs something with a file that is gone afterwards.
func withFile<Result>(
    _ contents: String,
    _ body: (String) async throws -> Result,
) async throws -> Result {
    let url = FileManager.default.temporaryDirectory
        .appending(component: "gobtalk-\(UUID().uuidString).json")
    try Data(contents.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url.path)
}
