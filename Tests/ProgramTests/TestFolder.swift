import Foundation

/// Runs something with a folder of these files, by their names, that is gone afterwards.
func withFolder<Result>(
    files: [String: String] = [:],
    _ body: (URL) async throws -> Result,
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
        .appending(component: "gobtalk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
        try Data(text.utf8).write(to: folder.appending(component: name))
    }
    return try await body(folder)
}
