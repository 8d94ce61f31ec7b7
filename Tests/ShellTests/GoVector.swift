import Foundation
import GobJSON
import Testing

/// A stream made by Go: a line of the vectors of GobTests.
struct GoVector {
    let name: String
    let bytes: [UInt8]

    /// All of them.
    static func all() throws -> [GoVector] {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../GobTests/Vectors/vectors.jsonl").standardizedFileURL
        let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
        return try lines.map { line in
            let vector = try JSONValue(parsing: Array(line.utf8))
            let digits = Array((vector["hex"] ?? "").utf8)
            let bytes = try stride(from: 0, to: digits.count, by: 2).map { index in
                let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
                return try #require(UInt8(pair, radix: 16))
            }
            return GoVector(name: vector["name"] ?? "", bytes: bytes)
        }
    }
}

extension JSONValue {
    /// The string of a member.
    fileprivate subscript(name: String) -> String? {
        guard case .object(let members) = self,
            case .string(let text)? = members.first(where: { $0.name == name })?.value
        else { return nil }
        return text
    }
}
