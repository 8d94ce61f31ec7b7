import Foundation
import Testing

/// A line of a recording, as another parser than the program's own reads it.
struct RecordedRow {
    let event: String
    let direction: String?
    let command: String?
    let number: Int?
    let text: String?
    let bytes: [UInt8]

    /// The lines of a recording.
    static func all(_ recording: [UInt8]) throws -> [RecordedRow] {
        try recording.split(separator: UInt8(ascii: "\n")).map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
            return try RecordedRow(try #require(object))
        }
    }

    private init(_ object: [String: Any]) throws {
        event = try #require(object["event"] as? String)
        direction = object["direction"] as? String
        command = object["command"] as? String
        number = object["n"] as? Int
        text = object["text"] as? String
        let binary = (object["base64"] as? String).flatMap { Data(base64Encoded: $0) }
        bytes = text.map { Array($0.utf8) } ?? binary.map { Array($0) } ?? []
    }
}
