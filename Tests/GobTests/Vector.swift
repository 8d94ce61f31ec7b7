import Foundation
import GobJSON
import Testing

/// A stream made by Go, with what Go decodes it to: a line of `Vectors/vectors.jsonl`, which is of
/// Go 1.27, or of what a ``GoProgram`` writes.
struct Vector: Sendable, CustomTestStringConvertible {
    let name: String
    let hex: String
    let types: [String]
    let declarations: [String]
    /// Whether there are maps with several keys, whose order is random.
    let hasSeveralKeys: Bool
    /// The values that were sent.
    let json: [JSONValue]
    /// What a receiver has.
    let expected: [JSONValue]
    /// Whether the JSON has all of the values.
    let isLossless: Bool
    /// Whether no other encoder may write the last value in another way; not known of the golden ones.
    let hasOneForm: Bool

    var testDescription: String { name }
    var bytes: [UInt8] { Array(hex: hex) }

    static let all = lines(of: "vectors").map { Vector($0) }

    init(_ line: JSONValue) {
        name = line["name"].text
        hex = line["hex"].text
        types = line["types"].elements.map(\.text)
        declarations = line["decls"].elements.map(\.text)
        json = line["json"].elements
        expected = (line["decoded"] == .null ? line["json"] : line["decoded"]).elements
        hasSeveralKeys = line["maps"] != .null
        isLossless = line["lossless"] == .bool(true)
        hasOneForm = line["determined"] == .bool(true)
    }

    static func named(_ name: String) throws -> Vector {
        try #require(all.first { $0.name == name })
    }
}

/// Bytes that are no good stream, with what Go says of them: a line of `Vectors/bad.jsonl`.
struct BadVector: Sendable, CustomTestStringConvertible {
    let name: String
    let hex: String
    /// The type of Go's variable.
    let type: String
    let declarations: [String]
    /// How many values Go gives before its error.
    let values: Int
    /// What they are, where they are shown.
    let json: [JSONValue]
    /// Go's error; empty where it has none.
    let error: String

    var testDescription: String { name }
    var bytes: [UInt8] { Array(hex: hex) }

    static let all = lines(of: "bad").map { line in
        BadVector(
            name: line["name"].text,
            hex: line["hex"].text,
            type: line["into"].text,
            declarations: line["decls"].elements.map(\.text),
            values: line["values"].integer,
            json: line["json"].elements,
            error: line["error"].text,
        )
    }
}

private func lines(of resource: String) -> [JSONValue] {
    guard
        let url = Bundle.module.url(
            forResource: resource,
            withExtension: "jsonl",
            subdirectory: "Vectors",
        ), let text = try? String(contentsOf: url, encoding: .utf8)
    else { fatalError("the tests' resource Vectors/\(resource).jsonl cannot be read") }
    return lines(in: text)
}

/// The JSON documents of a text, one a line.
func lines(in text: String) -> [JSONValue] {
    text.split(separator: "\n").map { line in
        do {
            return try JSONValue(parsing: Array(line.utf8))
        } catch {
            fatalError("a vector that cannot be read: \(line.prefix(80)): \(error)")
        }
    }
}

extension JSONValue {
    subscript(name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    var text: String {
        if case .string(let text) = self { text } else { "" }
    }

    var integer: Int {
        if case .number(let text) = self { Int(text) ?? -1 } else { -1 }
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}

extension [UInt8] {
    /// The bytes that hexadecimal digits spell; spaces are passed over.
    init(hex: String) {
        let digits = hex.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        self = stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }

    var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
