import Foundation

/// Runs something with a file that is gone afterwards.
func withFile<Result>(
    _ contents: String,
    _ body: (String) async throws -> Result,
) async throws -> Result {
    try await withFolder { folder in
        try folder.write("file.json", contents)
        return try await body("\(folder)/file.json")
    }
}

/// Runs something with a folder that is gone afterwards.
func withFolder<Result>(_ body: (TemporaryFolder) async throws -> Result) async throws -> Result {
    let url = FileManager.default.temporaryDirectory
        .appending(component: "gobtalk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(TemporaryFolder(url: url))
}

/// A folder of a test, whose description is its path.
struct TemporaryFolder: CustomStringConvertible {
    let url: URL

    var description: String { url.path }

    func write(_ name: String, _ text: String) throws {
        try write(name, Array(text.utf8))
    }

    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: url.appending(component: name))
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url.appending(component: name)))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try read(name), as: UTF8.self)
    }

    /// The names of its files, sorted.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    }
}
