private import FoundationEssentials

/// An object of JSON on one line: its members in the order in which they are added.
package struct JSONLine: Sendable {
    private var members: [UInt8] = []

    /// An object without members.
    package init() {}

    /// The object, without a line end.
    package var line: String { String(decoding: utf8, as: UTF8.self) }

    /// The object as UTF-8, without a line end.
    package var utf8: [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(members.count + 2)
        line.append(UInt8(ascii: "{"))
        line += members
        line.append(UInt8(ascii: "}"))
        return line
    }

    /// Adds a member that is a string.
    package mutating func add(_ name: String, _ value: String) {
        begin(name)
        members.appendGoJSON(value.utf8.span)
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
        begin(name)
        members += json.utf8
    }

    /// Adds bytes exactly as they are: as `name` where they are UTF-8, else in base64, as `binary`.
    package mutating func add(_ name: String, orBinary binary: String, _ bytes: [UInt8]) {
        if (try? UTF8Span(validating: bytes.span)) != nil {
            begin(name)
            members.appendGoJSON(bytes.span)
        } else {
            begin(binary)
            members.append(UInt8(ascii: "\""))
            members += Data(bytes).base64EncodedData()
            members.append(UInt8(ascii: "\""))
        }
    }

    private mutating func begin(_ name: String) {
        if members.isEmpty {
            members.reserveCapacity(256)
        } else {
            members.append(UInt8(ascii: ","))
        }
        members.appendGoJSON(name.utf8.span)
        members.append(UInt8(ascii: ":"))
    }
}
