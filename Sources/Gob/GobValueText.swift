extension GobValue: CustomStringConvertible {
    /// The value in one row, for a log or a test: cut where it is long.
    ///
    /// It has no names, which are in the schema.
    public var description: String {
        var text = ""
        var pending: [Part] = [.value(self)]
        var count = 0
        while let part = pending.popLast() {
            count += 1
            guard count <= Self.partLimit else { return text + "…" }
            switch part {
            case .text(let part): text += part
            case .value(let value): value.write(to: &text, &pending)
            }
        }
        return text
    }

    private enum Part {
        case text(String)
        case value(GobValue)
    }

    private static let partLimit = 3_000

    private func write(to text: inout String, _ pending: inout [Part]) {
        switch self {
        case .zero: text += "zero"
        case .bool(let truth): text += "\(truth)"
        case .int(let number): text += "\(number)"
        case .uint(let number): text += "\(number)"
        case .float(let number): text += "\(number)"
        case .complex(let real, let imaginary): text += "(\(real), \(imaginary)i)"
        case .string(let string): text += String(string.prefix(200)).debugDescription
        case .invalidString(let bytes): text += "string\(bytes.prefix(200))"
        case .bytes(let bytes): text += "bytes\(bytes.prefix(200))"
        case .opaque(let bytes): text += "opaque\(bytes.prefix(200))"
        case .list(let values): Self.write("[", values, "]", to: &text, &pending)
        case .structure(let values): Self.write("{", values, "}", to: &text, &pending)
        case .map(let values): Self.write("map[", values, "]", to: &text, &pending)
        case .interface(let content):
            text += content.name + "("
            pending.append(.text(")"))
            pending.append(.value(content.value))
        }
    }

    private static func write(
        _ open: String,
        _ values: [GobValue],
        _ close: String,
        to text: inout String,
        _ pending: inout [Part],
    ) {
        text += open
        pending.append(.text(close))
        for (index, value) in values.prefix(partLimit).enumerated().reversed() {
            pending.append(.value(value))
            if index > 0 { pending.append(.text(" ")) }
        }
    }
}

extension GobValue: CustomReflectable {
    /// Nothing inside: to reflect on a value of any depth would take the thread's stack.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
