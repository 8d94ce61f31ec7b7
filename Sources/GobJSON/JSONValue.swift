private import Foundation

/// A JSON document, read by Foundation; integers keep all 64 bits.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number that fits a signed integer of 64 bits.
    case int(Int64)
    /// A number above that which fits an unsigned one.
    case uint(UInt64)
    /// Any other number.
    case double(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; of a name that comes twice, Foundation keeps one.
    case object([String: JSONValue])

    /// Reads a document.
    ///
    /// - Parameter bytes: UTF-8, nested to at most 512 levels.
    /// - Throws: ``GobJSONError`` with line and column.
    public init(parsing bytes: [UInt8]) throws(GobJSONError) {
        let document = Data(bytes)
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: document)
        } catch {
            throw GobJSONError(Self.fault(in: document))
        }
    }

    /// What is wrong with a document, and where: `JSONDecoder` does not say, `JSONSerialization`
    /// says it in words (`Invalid value around character 8.`).
    private static func fault(in document: Data) -> GobJSONError.Fault {
        var reason = "it cannot be read"
        do {
            _ = try JSONSerialization.jsonObject(with: document, options: .fragmentsAllowed)
        } catch let error as NSError {
            reason = error.userInfo[NSDebugDescriptionErrorKey] as? String ?? reason
        }
        let words = reason.split(whereSeparator: { " .".contains($0) })
        let offset = words.last.flatMap { Int($0) }
        if let end = reason.range(of: " around character") {
            reason = String(reason[..<end.lowerBound])
        }
        let before = document.prefix(offset ?? document.count)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = String(decoding: before[lineStart...], as: UTF8.self).count + 1
        let trimmed = reason.hasSuffix(".") ? String(reason.dropLast()) : reason
        return .notJSON(line: line, column: column, trimmed.lowercasedFirst)
    }

    /// What it is, for messages.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool(let truth): "\(truth)"
        case .int(let number): "\(number)"
        case .uint(let number): "\(number)"
        case .double(let number): "\(number)"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

extension JSONValue: Decodable {
    /// Reads whatever stands at a place of a document.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let number = try? container.decode(Int64.self) {
            self = .int(number)
        } else if let number = try? container.decode(UInt64.self) {
            self = .uint(number)
        } else if let number = try? container.decode(Double.self) {
            self = .double(number)
        } else if let truth = try? container.decode(Bool.self) {
            self = .bool(truth)
        } else if var elements = try? decoder.unkeyedContainer() {
            var array: [JSONValue] = []
            while !elements.isAtEnd { array.append(try elements.decode(JSONValue.self)) }
            self = .array(array)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
