private import FoundationEssentials
public import GoTypes
public import Gob

/// Writes gob values as compact JSON: what Go's `json.Marshal` prints for the value that a Go
/// receiver gets.
///
/// Without Go types, as far as gob's tell it: an opaque value is shown as what its name says, where
/// its bytes agree, and else as base64. A map whose keys are neither strings nor integers is a
/// list of pairs; a value in an interface is `{"@type": …, "@value": …}`. Nesting is limited by
/// memory only.
public struct GobJSONWriter: Sendable {
    private let schema: GobSchema
    private var text = ""
    private var pending: [Work] = []

    /// What is left to write, the next at the end.
    private enum Work: Sendable {
        case text(String)
        case value(GobValue, TypeIndex)
    }

    /// The JSON text of a value.
    public static func text(of datum: GobDatum) -> String {
        var writer = GobJSONWriter(schema: datum.schema)
        writer.write(datum.value, datum.type)
        return writer.text
    }

    /// The beginning of a value's JSON text, which is longer than `limit` bytes by one part at most.
    ///
    /// - Returns: The text, and whether it is the whole of it.
    public static func start(of datum: GobDatum, limit: Int) -> (text: String, isWhole: Bool) {
        var writer = GobJSONWriter(schema: datum.schema)
        writer.write(datum.value, datum.type, limit: limit)
        return (writer.text, writer.pending.isEmpty)
    }

    /// What Go's `json.Marshal` prints for the value that a variable of a Go type has after it received
    /// this one; what is in an interface is `{"@type": …, "@value": …}`.
    ///
    /// - Throws: ``GoReceiveError`` where the Go program would refuse the value.
    public static func text(
        of datum: GobDatum,
        as type: GoType,
        in types: GoTypeSet,
    ) throws(GoReceiveError) -> String {
        var receiver: GoReceiver
        do {
            receiver = try GoReceiver(type, in: types)
        } catch {
            throw GoReceiveError(.type(error))
        }
        let received = try receiver.receive(datum)
        var writer = GoJSONWriter(layout: receiver.layout)
        return writer.text(of: received.value)
    }

    private init(schema: GobSchema) {
        self.schema = schema
    }

    private mutating func write(_ value: GobValue, _ type: TypeIndex, limit: Int = .max) {
        pending = [.value(value, type)]
        while text.utf8.count < limit, let work = pending.popLast() {
            switch work {
            case .text(let part): text += part
            case .value(let value, let type): writeOne(value, type)
            }
        }
    }

    private mutating func writeOne(_ value: GobValue, _ type: TypeIndex) {
        switch value {
        case .zero: text += zero(type)
        case .bool(let truth): text += truth ? "true" : "false"
        case .int(let number): text += String(number)
        case .uint(let number): text += String(number)
        case .float(let number): text += number.goJSON
        case .complex(let real, let imaginary): text += "[\(real.goJSON),\(imaginary.goJSON)]"
        case .string(let string): text += string.goJSON
        case .invalidString(let bytes): text += String(decoding: bytes, as: UTF8.self).goJSON
        case .opaque(let bytes): text += opaque(bytes, type)
        case .bytes(let bytes):
            text += bytes.isEmpty ? "null" : "\"\(Data(bytes).base64EncodedString())\""
        case .list(let elements): list(elements, type)
        case .structure(let fields): structure(fields, type)
        case .map(let pairs): map(pairs, type)
        case .interface(let content):
            text += "{\"@type\":\(content.name.goJSON),\"@value\":"
            pending.append(.text("}"))
            pending.append(.value(content.value, content.type))
        }
    }

    /// The text of a type of Go's library, as far as its name and its bytes tell it.
    private func opaque(_ bytes: [UInt8], _ type: TypeIndex) -> String {
        guard case .opaque(let encoding) = schema[type],
            let (_, reading) = OpaqueWriter.read(
                bytes,
                name: schema.name(of: type),
                encoding: encoding
            )
        else { return bytes.isEmpty ? "null" : "\"\(Data(bytes).base64EncodedString())\"" }
        switch reading {
        case .number(let number): return number
        case .text(let text): return text.goJSON
        case .url: return String(decoding: bytes, as: UTF8.self).goJSON
        }
    }

    /// What a receiver has where nothing was sent, as far as the kind tells it.
    private func zero(_ type: TypeIndex) -> String {
        switch schema.kind(of: type) {
        case .bool: "false"
        case .int, .uint, .float: "0"
        case .complex: "[0,0]"
        case .string: "\"\""
        case .bytes, .interface, .array, .slice, .structure, .map, .opaque, nil: "null"
        }
    }

    private mutating func list(_ elements: [GobValue], _ type: TypeIndex) {
        switch schema[type] {
        case .slice where elements.isEmpty: text += "null"
        case .slice(let element), .array(let element, _):
            sequence("[", elements.map { [.value($0, element)] }, "]")
        case .basic, .structure, .map, .opaque, nil: text += "null"
        }
    }

    private mutating func structure(_ values: [GobValue], _ type: TypeIndex) {
        let members: [[Work]] = zip(schema.fields(of: type), values).map { field, value in
            [.text("\(field.name.goJSON):"), .value(value, field.type)]
        }
        sequence("{", members, "}")
    }

    private mutating func map(_ pairs: [GobValue], _ type: TypeIndex) {
        guard case .map(let key, let value) = schema[type] else { return text += "null" }
        let indices = stride(from: 0, to: pairs.count, by: 2)
        switch schema.kind(of: key) {
        case .string, .int, .uint:
            let members = indices.map { (pairs[$0].jsonKey, pairs[$0 + 1]) }
                .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
            sequence(
                "{",
                members.map { [.text("\($0.0.goJSON):"), .value($0.1, value)] },
                "}"
            )
        default:
            sequence(
                "[",
                indices.map {
                    [
                        .text("["), .value(pairs[$0], key), .text(","),
                        .value(pairs[$0 + 1], value), .text("]"),
                    ]
                },
                "]"
            )
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
    /// The name that a map's key has in JSON.
    fileprivate var jsonKey: String {
        switch self {
        case .string(let text): text
        case .invalidString(let bytes): String(decoding: bytes, as: UTF8.self)
        case .int(let number): String(number)
        case .uint(let number): String(number)
        default: ""
        }
    }
}
