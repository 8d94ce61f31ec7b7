private import FoundationEssentials
import GoTypes
import Gob

/// Values that have no values inside, and the keys of maps.
extension JSONConversion {
    func scalar(
        _ json: JSONValue,
        _ basic: GoType.Basic,
    ) throws(GobJSONError.Fault) -> GobValue {
        switch (basic.kind, json) {
        case (.bool, .bool(let truth)): return .bool(truth)
        case (.string, .string(let text)): return .string(text)
        case (.int, .number(let text)): return .int(try signed(text, basic))
        case (.uint, .number(let text)): return .uint(try unsigned(text, basic))
        case (.float, _): return .float(try float(json, basic))
        case (.complex, .array(let parts)) where parts.count == 2:
            let imaginary = try float(parts[1], basic)
            return .complex(real: try float(parts[0], basic), imaginary: imaginary)
        default: throw .mismatch(found: json.kindName, expected: basic.jsonForm)
        }
    }

    /// Whether a map's keys are names in JSON: strings, integers, and what has a text of its own.
    func keysAreNames(_ node: Int) -> Bool {
        guard layout.nodes[node].pointers == 0 else { return false }
        if let opaque = layout.nodes[node].opaque {
            return OpaqueWriter(rawValue: opaque.writer)?.hasText ?? false
        }
        guard case .basic(let basic) = layout.nodes[node].shape else { return false }
        switch basic.kind {
        case .string, .int, .uint: return true
        case .bool, .float, .complex, .bytes, .interface, .array, .slice, .structure, .map,
            .opaque:
            return false
        }
    }

    /// A map's key, from the name that JSON has for it.
    func key(_ name: String, _ node: Int, path: JSONPath) throws(GobJSONError) -> GobValue {
        try placed(path) { () throws(GobJSONError.Fault) in
            if let opaque = layout.nodes[node].opaque {
                return .opaque(try bytes(.string(name), writtenBy: opaque))
            }
            guard case .basic(let basic) = layout.nodes[node].shape else {
                preconditionFailure("a key that is no name")
            }
            return basic.kind == .string
                ? .string(name) : try scalar(.number(name), basic)
        }
    }

    /// The bytes that a type's own methods would write.
    func bytes(
        _ json: JSONValue,
        writtenBy opaque: GoLayout.Opaque,
    ) throws(GobJSONError.Fault) -> [UInt8] {
        guard let writer = OpaqueWriter(rawValue: opaque.writer) else {
            return try bytes(json, type: opaque.writer.withoutGoPackage)
        }
        var text: String?
        switch (writer, json) {
        case (.bigInt, .number(let number)), (.bigInt, .string(let number)): text = number
        case (.decimal, .number(let number)): text = number
        case (.url, .object(let members)): text = Self.url(members)
        case (_, .string(let string)): text = string
        case (_, .null), (_, .bool), (_, .number), (_, .array), (_, .object): break
        }
        guard let bytes = text.flatMap({ writer.bytes(of: $0) }) else {
            let found: String
            if case .string(let string) = json, string.utf8.count <= 40 {
                found = string.goJSON
            } else {
                found = json.kindName
            }
            throw .mismatch(found: found, expected: "\(writer.form) (\(opaque.writer))")
        }
        return bytes
    }

    /// A slice of bytes; a `net.IP` is an address in JSON.
    func byteSlice(_ json: JSONValue, _ node: Int) throws(GobJSONError.Fault) -> [UInt8] {
        guard layout.fullName(of: node) == "net.IP", case .string(let text) = json else {
            return try bytes(json, type: layout.spelling(of: node))
        }
        guard let bytes = NetworkAddress.bytes(ofIP: text) else {
            throw .mismatch(found: json.kindName, expected: "an IP address (net.IP)")
        }
        return bytes
    }

    /// An integer that is written as one, as Go asks for: `1.0` is none.
    private func signed(
        _ text: String,
        _ basic: GoType.Basic,
    ) throws(GobJSONError.Fault) -> Int64 {
        let shown = try shownInteger(text, basic)
        guard let number = Int64(text), basic.holds(number) else {
            throw .outOfRange(shown, type: basic.rawValue)
        }
        return number
    }

    private func unsigned(
        _ text: String,
        _ basic: GoType.Basic,
    ) throws(GobJSONError.Fault) -> UInt64 {
        let shown = try shownInteger(text, basic)
        guard !text.hasPrefix("-"), let number = UInt64(text), basic.holds(number) else {
            throw .outOfRange(shown, type: basic.rawValue)
        }
        return number
    }

    private func shownInteger(
        _ text: String,
        _ basic: GoType.Basic,
    ) throws(GobJSONError.Fault) -> String {
        let shown = JSONValue.number(text).kindName
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        guard !digits.isEmpty, text.utf8.count - digits.count <= 1,
            digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { throw .mismatch(found: shown, expected: basic.jsonForm) }
        return shown
    }

    /// The bits of Go's `math.NaN()`.
    private static let nan: UInt64 = 0x7FF8_0000_0000_0001

    private func float(
        _ json: JSONValue,
        _ basic: GoType.Basic,
    ) throws(GobJSONError.Fault) -> Double {
        switch json {
        case .number(let text):
            let number = basic.bits == 32 ? Float(text).map { Double($0) } : Double(text)
            guard let number, number.isFinite else {
                throw .outOfRange(json.kindName, type: basic.rawValue)
            }
            return number
        case .string("NaN"): return Double(bitPattern: Self.nan)
        case .string("+Inf"): return .infinity
        case .string("-Inf"): return -.infinity
        case .null, .bool, .string, .array, .object:
            throw .mismatch(found: json.kindName, expected: basic.jsonForm)
        }
    }

    private func bytes(
        _ json: JSONValue,
        type: String,
    ) throws(GobJSONError.Fault) -> [UInt8] {
        switch json {
        case .string(let text):
            guard let data = Data(base64Encoded: text) else { throw .notBase64 }
            return Array(data)
        case .array(let numbers):
            var bytes: [UInt8] = []
            for number in numbers {
                guard case .uint(let byte) = try scalar(number, .uint8) else { continue }
                bytes.append(UInt8(truncatingIfNeeded: byte))
            }
            return bytes
        case .object(let members):
            guard members.count == 1, members[0].name == "@text",
                case .string(let text) = members[0].value
            else { fallthrough }
            return Array(text.utf8)
        case .null, .bool, .number:
            throw .mismatch(
                found: json.kindName,
                expected: "base64, a list of bytes or {\"@text\": …} (\(type))"
            )
        }
    }

    /// The text of a URL that is given as Go's struct.
    private static func url(_ members: [JSONValue.Member]) -> String? {
        var parts: [String: String] = [:]
        for member in members {
            if case .string(let text) = member.value { parts[member.name] = text }
        }
        return GoURL.text(
            scheme: parts["Scheme"] ?? "",
            opaque: parts["Opaque"] ?? "",
            host: parts["Host"] ?? "",
            path: parts["Path"] ?? "",
            rawQuery: parts["RawQuery"] ?? "",
            fragment: parts["Fragment"] ?? ""
        )
    }
}

extension OpaqueWriter {
    /// Whether it is a text in JSON, which can be the key of a map.
    var hasText: Bool {
        switch self {
        case .time, .bigInt, .bigFloat, .bigRat, .decimal, .address, .addressPort, .prefix, .uuid:
            true
        case .url: false
        }
    }
}

extension GoType.Basic {
    /// What JSON must have for a value of this type, for messages.
    fileprivate var jsonForm: String {
        switch kind {
        case .bool: "true or false (\(rawValue))"
        case .int: "an integer (\(rawValue))"
        case .uint: "an unsigned integer (\(rawValue))"
        case .float: "a number (\(rawValue))"
        case .string: "a string (\(rawValue))"
        case .complex: "a list [real, imaginary] (\(rawValue))"
        case .bytes, .interface, .array, .slice, .structure, .map, .opaque: rawValue
        }
    }
}
