private import FoundationEssentials
import GoTypes
import Gob

/// Writes a value that a receiver has as Go's `json.Marshal` does, with a stack of its own.
struct GoJSONWriter {
    private var layout: GoLayout
    private var text = ""
    private var pending: [Work] = []
    private var fields: [Int: JSONFields] = [:]
    private var zeros: [Int: GobValue] = [:]

    /// What is left to write, the next at the end.
    private enum Work {
        case text(String)
        case value(GobValue, Int, isQuoted: Bool)
    }

    init(layout: GoLayout) {
        self.layout = layout
    }

    /// The JSON text of a value of the layout's type.
    mutating func text(of value: GobValue) -> String {
        pending = [.value(value, layout.root, isQuoted: false)]
        while let work = pending.popLast() {
            switch work {
            case .text(let part): text += part
            case .value(let value, let node, let isQuoted): write(value, node, isQuoted)
            }
        }
        return text
    }

    private mutating func write(_ value: GobValue, _ node: Int, _ isQuoted: Bool) {
        let base = layout.nodes[node].base
        if layout.nodes[node].pointers > 0, value == .zero { return text += "null" }
        if let opaque = layout.nodes[base].opaque {
            return text += self.text(of: value, writtenBy: opaque)
        }
        switch layout.nodes[base].shape {
        case .basic(let basic):
            let scalar = value.scalarJSON(basic)
            text += isQuoted && basic.kind != .complex ? scalar.goJSON : scalar
        case .interface: interface(value)
        case .slice where layout.isBytes(base): bytes(value, base)
        case .slice(let element): list(value, element, isSlice: true)
        case .array(let element, _): list(value, element, isSlice: false)
        case .map(let key, let part): map(value, key, part)
        case .structure: structure(value, base)
        case .pointer, .unsent: text += "null"
        }
    }

    private func text(of value: GobValue, writtenBy opaque: GoLayout.Opaque) -> String {
        let writer = OpaqueWriter(rawValue: opaque.writer)
        let bytes: [UInt8]
        if case .opaque(let sent) = value {
            bytes = sent
        } else {
            bytes = writer?.zero ?? []
        }
        switch writer?.read(bytes) {
        case .number(let number): return number
        case .text(let text): return text.goJSON
        case .url(let url): return url.goJSON
        case nil: return bytes.isEmpty ? "null" : "\"\(Data(bytes).base64EncodedString())\""
        }
    }

    private mutating func bytes(_ value: GobValue, _ node: Int) {
        var bytes: [UInt8] = []
        if case .bytes(let sent) = value { bytes = sent }
        if layout.fullName(of: node) == "net.IP", let address = NetworkAddress.text(ofIP: bytes) {
            text += address.goJSON
        } else {
            // An empty slice comes as nil.
            text += bytes.isEmpty ? "null" : "\"\(Data(bytes).base64EncodedString())\""
        }
    }

    private mutating func interface(_ value: GobValue) {
        guard case .interface(let content) = value,
            let node = try? layout.addRegistered(content.name)
        else { return text += "null" }
        text += "{\"@type\":\(content.name.goJSON),\"@value\":"
        pending.append(.text("}"))
        pending.append(.value(content.value, node, isQuoted: false))
    }

    private mutating func list(_ value: GobValue, _ element: Int, isSlice: Bool) {
        var elements: [GobValue] = []
        if case .list(let sent) = value { elements = sent }
        // An empty slice comes as nil.
        if isSlice, elements.isEmpty { return text += "null" }
        sequence("[", elements.map { [.value($0, element, isQuoted: false)] }, "]")
    }

    private mutating func map(_ value: GobValue, _ key: Int, _ part: Int) {
        guard case .map(let pairs) = value else { return text += "null" }
        let indices = stride(from: 0, to: pairs.count, by: 2)
        guard JSONConversion(layout: layout).keysAreNames(key) else {
            let parts: [[Work]] = indices.map { index in
                [
                    .text("["), .value(pairs[index], key, isQuoted: false), .text(","),
                    .value(pairs[index + 1], part, isQuoted: false), .text("]"),
                ]
            }
            return sequence("[", parts, "]")
        }
        let members = indices.map { (name(of: pairs[$0], key), pairs[$0 + 1]) }
            .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        let parts: [[Work]] = members.map { name, value in
            [.text("\(name.goJSON):"), .value(value, part, isQuoted: false)]
        }
        sequence("{", parts, "}")
    }

    /// The name that a map's key has in JSON.
    private func name(of value: GobValue, _ key: Int) -> String {
        if let opaque = layout.nodes[key].opaque, let writer = OpaqueWriter(rawValue: opaque.writer)
        {
            guard case .opaque(let bytes) = value else { return "" }
            switch writer.read(bytes) {
            case .number(let text), .text(let text): return text
            case .url, nil: return Data(bytes).base64EncodedString()
            }
        }
        switch value {
        case .string(let text): return text
        case .invalidString(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .zero, .bool, .float, .complex, .bytes, .opaque, .list, .structure, .map, .interface:
            return ""
        }
    }

    private mutating func structure(_ value: GobValue, _ node: Int) {
        let known = fields[node] ?? JSONFields(of: node, in: layout)
        fields[node] = known
        var parts: [[Work]] = []
        for field in known.all {
            guard let inside = self.value(of: field, in: value, node) else { continue }
            if field.omitsEmpty, isEmpty(inside, field.type) { continue }
            parts.append([
                .text("\(field.name.goJSON):"),
                .value(inside, field.type, isQuoted: field.isQuoted),
            ])
        }
        sequence("{", parts, "}")
    }

    /// The value of a field, perhaps of an embedded struct; `nil` where a pointer to that is nil.
    private mutating func value(
        of field: JSONField,
        in value: GobValue,
        _ node: Int,
    ) -> GobValue? {
        var value = value
        for (index, step) in field.steps.enumerated() {
            if case .structure(let values) = value, let number = step.number,
                values.indices.contains(number)
            {
                value = values[number]
            } else {
                value = layout.zero(of: step.type, &zeros)
            }
            let isLast = index == field.steps.count - 1
            if !isLast, value == .zero, layout.nodes[step.type].pointers > 0 { return nil }
        }
        return value
    }

    /// Whether a field is left out that its tag wants to be left out where it is empty.
    private func isEmpty(_ value: GobValue, _ node: Int) -> Bool {
        guard layout.nodes[node].pointers == 0, layout.nodes[node].opaque == nil else {
            return value == .zero && layout.nodes[node].pointers > 0
        }
        switch value {
        case .zero: return true
        case .bool(let truth): return !truth
        case .int(let number): return number == 0
        case .uint(let number): return number == 0
        case .float(let number): return number == 0
        case .string(let text): return text.isEmpty
        case .invalidString(let bytes), .bytes(let bytes): return bytes.isEmpty
        case .list(let elements), .map(let elements): return elements.isEmpty
        case .complex, .opaque, .structure, .interface: return false
        }
    }

    private mutating func sequence(_ open: String, _ parts: [[Work]], _ close: String) {
        text += open
        pending.append(.text(close))
        for (index, part) in parts.enumerated().reversed() {
            pending.append(contentsOf: part.reversed())
            if index > 0 { pending.append(.text(",")) }
        }
    }
}

extension GobValue {
    /// The JSON text of a value of a basic type.
    fileprivate func scalarJSON(_ basic: GoType.Basic) -> String {
        let float = { (number: Double) in
            basic.bits == 32 ? Float(number).goJSON : number.goJSON
        }
        switch self {
        case .bool(let truth): return truth ? "true" : "false"
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .float(let number): return float(number)
        case .complex(let real, let imaginary): return "[\(float(real)),\(float(imaginary))]"
        case .string(let text): return text.goJSON
        case .invalidString(let bytes): return String(decoding: bytes, as: UTF8.self).goJSON
        case .zero, .bytes, .opaque, .list, .structure, .map, .interface: return "null"
        }
    }
}

extension GoURL {
    /// The struct that Go shows, in the order of its fields.
    fileprivate var goJSON: String {
        let texts = [("Scheme", scheme), ("Opaque", opaque)]
        let after = [
            ("Host", host), ("Path", path), ("Fragment", fragment), ("RawQuery", rawQuery),
            ("RawPath", rawPath), ("RawFragment", rawFragment),
        ]
        let members =
            texts.map { "\"\($0.0)\":\($0.1.goJSON)" } + ["\"User\":\(hasUser ? "{}" : "null")"]
            + after.map { "\"\($0.0)\":\($0.1.goJSON)" }
            + ["\"ForceQuery\":\(forceQuery)", "\"OmitHost\":\(omitHost)"]
        return "{\(members.joined(separator: ","))}"
    }
}
