import GobJSON
import Testing

/// The lines of a program that runs with `--json`.
enum EventLines {
    private static let schema = Result { try JSONSchema("events.schema") }

    /// Checks that every whole line of an output is an event as the schema describes it.
    static func validate(_ output: String) {
        for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            do {
                try schema.get().validate(String(line))
            } catch {
                Issue.record("\(line) is no event: \(error)")
            }
        }
    }

    /// The events of an output.
    static func parse(_ output: String) throws -> [JSONValue] {
        try output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
    }
}

extension [JSONValue] {
    /// The events of a kind.
    func events(_ name: String) -> [JSONValue] {
        filter { $0["event"]?.string == name }
    }

    /// What the events are called, in order.
    var names: [String] { compactMap { $0["event"]?.string } }
}
