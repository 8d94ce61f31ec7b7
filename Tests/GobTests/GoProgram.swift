import Foundation
import TestSupport

/// A program in Go that sends values of its types, and checks what others sent of them: made by
/// `Tests/Differential/generate`.
struct GoProgram {
    /// Where its source, and all that it reads and writes, is.
    private let folder: URL

    /// What a stream of Go was made into, for Go to decode.
    struct Sample: Encodable {
        let name: String
        let types: [String]
        /// Go's own stream.
        let go: String
        /// Streams that have the same values, one after another.
        let streams: [String]
    }

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "..").standardizedFileURL

    /// The file of the golden vectors.
    static let vectors = tests.appending(path: "GobTests/Vectors/vectors.jsonl").path

    /// Generates a program and builds it.
    init(_ options: [String]) async throws {
        folder = FileManager.default.temporaryDirectory
            .appending(component: "gobtalk-differential-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let generate = #"cd "$0" && go run ./generate -out "$@""#
        let module = Self.tests.appending(path: "Differential").path
        _ = try await TestSupport.run(script: generate, [module, folder.path] + options)
        let build = #"cd "$0" && go build -o program ."#
        _ = try await TestSupport.run(script: build, [folder.path])
    }

    func remove() throws {
        try FileManager.default.removeItem(at: folder)
    }

    /// The streams that it makes from a seed, so many of each type and some of several types.
    func emit(seed: Int, values: Int) async throws -> [Vector] {
        lines(in: try await run("emit", "\(seed)", "\(values)")).map { Vector($0) }
    }

    /// Values to be sent, so many of each pair of types.
    func pairs(seed: Int, values: Int) async throws -> [PairedValue] {
        lines(in: try await run("pairs", "\(seed)", "\(values)")).map { PairedValue($0) }
    }

    /// What Go finds different in what others made of its streams, a line for each.
    func check(_ samples: [Sample]) async throws -> [String] {
        try await differences("check", samples)
    }

    /// Where Go does something else than was foretold, a line for each.
    func check(_ forecasts: [PairedValue.Forecast]) async throws -> [String] {
        try await differences("foretold", forecasts)
    }

    private func differences(
        _ command: String,
        _ samples: [some Encodable],
    ) async throws -> [String] {
        var input = Data()
        for sample in samples { input += try JSONEncoder().encode(sample) + [0x0A] }
        try input.write(to: folder.appending(component: "input"))
        return lines(in: try await run(command)).map {
            "\($0["name"].text): \($0["difference"].text)"
        }
    }

    private func run(_ arguments: String...) async throws -> String {
        let run = #"cd "$0" && touch input && ./program "$@" < input"#
        let output = try await TestSupport.run(script: run, [folder.path] + arguments)
        return String(decoding: output, as: UTF8.self)
    }
}
