import Foundation
import GobJSON
import Testing

/// A stream made by Go 1.27, with what Go decodes it to: a line of `Vectors/vectors.jsonl`.
struct Vector: Sendable, Decodable, CustomTestStringConvertible {
    let name: String
    let hex: String
    let types: [String]
    let json: [JSONValue]
    /// What a receiver has, where it differs from what the sender had.
    let decoded: [JSONValue]?
    let decls: [String]?
    /// Whether the bytes depend on the random order of a map.
    let maps: Bool?

    var testDescription: String { name }
    var bytes: [UInt8] { Array(hex: hex) }
    var expected: [JSONValue] { decoded ?? json }

    static let all: [Vector] = lines(of: "vectors")

    static func named(_ name: String) throws -> Vector {
        try #require(all.first { $0.name == name })
    }
}

/// Bytes that are no good stream, with what Go says of them: a line of `Vectors/bad.jsonl`.
struct BadVector: Sendable, Decodable, CustomTestStringConvertible {
    let name: String
    let hex: String
    /// How many values Go gives before its error.
    let values: Int

    var testDescription: String { name }
    var bytes: [UInt8] { Array(hex: hex) }

    static let all: [BadVector] = lines(of: "bad")
}

private func lines<Line: Decodable>(of resource: String) -> [Line] {
    guard
        let url = Bundle.module.url(
            forResource: resource,
            withExtension: "jsonl",
            subdirectory: "Vectors"
        ),
        let text = try? String(contentsOf: url, encoding: .utf8)
    else { fatalError("the tests' resource Vectors/\(resource).jsonl cannot be read") }
    return text.split(separator: "\n").map { line in
        do {
            return try JSONDecoder().decode(Line.self, from: Data(line.utf8))
        } catch {
            fatalError("a vector that cannot be read: \(line.prefix(80)): \(error)")
        }
    }
}

extension [UInt8] {
    /// The bytes that hexadecimal digits spell; spaces are passed over.
    init(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }

    var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
