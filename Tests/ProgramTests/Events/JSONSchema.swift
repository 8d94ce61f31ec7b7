import Foundation
import GobJSON

/// A schema of JSON Schema (2020-12), of which it knows what the tests' schemas use.
///
/// Strict: a keyword that it does not know is a fault, not a word to be passed over.
struct JSONSchema {
    /// Where a document is not as the schema says.
    struct Mismatch: Error, CustomStringConvertible {
        let description: String
    }

    private let root: JSONValue

    /// A schema among the resources of the tests, by its file's name.
    init(_ name: String) throws {
        let url = Bundle.module.url(
            forResource: name,
            withExtension: "json",
            subdirectory: "Schemas"
        )
        guard let url else { throw Mismatch(description: "no schema \(name)") }
        root = try JSONValue(parsing: Array(Data(contentsOf: url)))
    }

    /// The schema in a text.
    init(parsing text: String) throws {
        root = try JSONValue(parsing: Array(text.utf8))
    }

    /// Checks a document.
    ///
    /// - Throws: What keeps it from being JSON; ``Mismatch`` with the path of what is wrong.
    func validate(_ text: String) throws {
        // Another parser than the program's own has to take it, too.
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        try check(JSONValue(parsing: Array(text.utf8)), root, "$")
    }

    private func check(_ value: JSONValue, _ schema: JSONValue, _ path: String) throws {
        guard case .object(let keywords) = schema else { throw fault(path, "a bad schema") }
        for keyword in keywords {
            try check(value, keyword.name, keyword.value, of: schema, path)
        }
    }

    private func check(
        _ value: JSONValue,
        _ keyword: String,
        _ argument: JSONValue,
        of schema: JSONValue,
        _ path: String,
    ) throws {
        switch keyword {
        case "$schema", "$defs", "title", "description": break
        case "$ref": try check(value, try definition(argument), path)
        case "type":
            guard case .string(let type) = argument, value.isOf(type) else {
                throw fault(path, "is no \(argument)")
            }
        case "const":
            guard value == argument else { throw fault(path, "is not \(argument)") }
        case "enum":
            guard case .array(let all) = argument, all.contains(value) else {
                throw fault(path, "is none of \(argument)")
            }
        case "minimum":
            guard let least = argument.number, let number = value.number, number >= least else {
                throw fault(path, "is below \(argument)")
            }
        case "pattern":
            guard case .string(let pattern) = argument, case .string(let text) = value,
                try Regex(pattern).firstMatch(in: text) != nil
            else { throw fault(path, "does not match \(argument)") }
        case "items": try checkItems(value, argument, path)
        case "properties": try checkProperties(value, argument, path)
        case "required": try checkRequired(value, argument, path)
        case "additionalProperties": try checkClosed(value, argument, of: schema, path)
        case "oneOf": try checkOneOf(value, argument, path)
        default: throw fault(path, "the schema has the keyword \(keyword), which is not known")
        }
    }

    private func checkItems(_ value: JSONValue, _ item: JSONValue, _ path: String) throws {
        guard case .array(let elements) = value else { return }
        for (index, element) in elements.enumerated() {
            try check(element, item, "\(path)[\(index)]")
        }
    }

    private func checkProperties(_ value: JSONValue, _ all: JSONValue, _ path: String) throws {
        for member in value.members {
            guard let property = all[member.name] else { continue }
            try check(member.value, property, "\(path).\(member.name)")
        }
    }

    private func checkRequired(_ value: JSONValue, _ names: JSONValue, _ path: String) throws {
        guard case .array(let names) = names else { throw fault(path, "a bad schema") }
        for case .string(let name) in names where value[name] == nil {
            throw fault(path, "has no \(name)")
        }
    }

    private func checkClosed(
        _ value: JSONValue,
        _ argument: JSONValue,
        of schema: JSONValue,
        _ path: String,
    ) throws {
        guard argument == .bool(false) else { throw fault(path, "a bad schema") }
        let names = value.members.map(\.name)
        guard Set(names).count == names.count else { throw fault(path, "has a name twice") }
        for name in names where schema["properties"]?[name] == nil {
            throw fault(path, "has \(name), which is not known")
        }
    }

    private func checkOneOf(_ value: JSONValue, _ choices: JSONValue, _ path: String) throws {
        guard case .array(let choices) = choices else { throw fault(path, "a bad schema") }
        var faults: [any Error] = []
        for choice in choices {
            do { try check(value, choice, path) } catch { faults.append(error) }
        }
        let count = choices.count - faults.count
        guard count == 1 else { throw fault(path, "is \(count) of \(choices.count): \(faults)") }
    }

    private func definition(_ reference: JSONValue) throws -> JSONValue {
        guard case .string(let text) = reference, text.hasPrefix("#/$defs/"),
            let definition = root["$defs"]?[String(text.dropFirst(8))]
        else { throw fault("$", "the schema has no \(reference)") }
        return definition
    }

    private func fault(_ path: String, _ what: String) -> Mismatch {
        Mismatch(description: "\(path) \(what)")
    }
}

extension JSONValue {
    /// The members of an object; of anything else none.
    var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The value of a number.
    var number: Double? {
        if case .number(let text) = self { Double(text) } else { nil }
    }

    /// The text of a string.
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    fileprivate func isOf(_ type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .number(let text): type == "number" || type == "integer" && Int(text) != nil
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
