private import FoundationEssentials

/// An object of JSON on one line: its members in the order in which they are added.
package struct JSONLine: Sendable {
    private var text = ""

    /// An object without members.
    package init() {}

    /// The object, without a line end.
    package var line: String { "{\(text)}" }

    /// Adds a member that is a string.
    package mutating func add(_ name: String, _ value: String) {
        add(name, json: value.goJSON)
    }

    /// Adds a member that is a number.
    package mutating func add(_ name: String, _ value: Int) {
        add(name, json: "\(value)")
    }

    /// Adds a member that is a list of strings.
    package mutating func add(_ name: String, _ values: [String]) {
        add(name, json: "[\(values.map(\.goJSON).joined(separator: ","))]")
    }

    /// Adds a member whose value is JSON already.
    package mutating func add(_ name: String, json: String) {
        if !text.isEmpty { text += "," }
        text += "\(name.goJSON):\(json)"
    }

    /// Adds bytes exactly as they are: as `name` where they are UTF-8, else in base64, as `binary`.
    package mutating func add(_ name: String, orBinary binary: String, _ bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            add(name, text)
        } else {
            add(binary, json: "\"\(Data(bytes).base64EncodedString())\"")
        }
    }
}
