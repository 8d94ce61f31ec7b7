private import FoundationEssentials
private import GoTypes
public import Gob

/// Makes gob values of JSON documents, as Go's `encoding/json` does for the same type.
///
/// Field names match exactly, else without regard to case. Bytes are base64, a list of numbers, or
/// `{"@text": "…"}`. Map keys are strings, or numbers in strings. `"NaN"`, `"+Inf"` and `"-Inf"`
/// are floats, `[re, im]` is a complex number. `null` is the zero value.
public struct GobJSONReader: Sendable {
    private let schema: GobSchema

    /// A reader of values of the types in a schema.
    public init(schema: GobSchema) {
        self.schema = schema
    }

    /// The value of a type that a document describes.
    ///
    /// - Parameters:
    ///   - json: The document; what its parser accepts is nested to 512 levels at most.
    ///   - type: The type of the whole.
    /// - Returns: The value, with the reader's schema.
    /// - Throws: ``GobJSONError`` with the path of the place that does not fit.
    public func datum(_ json: JSONValue, as type: TypeIndex) throws(GobJSONError) -> GobDatum {
        GobDatum(schema: schema, type: type, value: try value(json, type, path: JSONPath()))
    }

    private func value(
        _ json: JSONValue,
        _ type: TypeIndex,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        if json == .null { return .zero }
        do throws(GobJSONError.Fault) {
            switch schema[type] {
            case .basic(let kind): return try scalar(json, kind)
            case .slice, .array, .structure, .map: break
            case .opaque: throw .unsupported("an opaque value")
            case nil: throw .unsupported("an undefined type")
            }
        } catch {
            throw GobJSONError(error, path: path.text)
        }
        return try container(json, type, path: path)
    }

    private func container(
        _ json: JSONValue,
        _ type: TypeIndex,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        switch (schema[type], json) {
        case (.structure(let fields), .object(let members)):
            return try structure(members, fields, type, path: path)
        case (.slice(let element), .array(let elements)):
            return .list(try list(elements, element, path: path))
        case (.array(let element, let count), .array(let elements)):
            guard elements.count == count else {
                let fault = GobJSONError.Fault.arrayLength(found: elements.count, expected: count)
                throw GobJSONError(fault, path: path.text)
            }
            return .list(try list(elements, element, path: path))
        case (.map(let key, let value), .object(let members)):
            return try map(members, key, value, path: path)
        case (let expected, _):
            let name = expected.map { $0.kind.jsonForm } ?? "nothing"
            throw GobJSONError(.mismatch(found: json.kindName, expected: name), path: path.text)
        }
    }

    private func structure(
        _ members: [JSONValue.Member],
        _ fields: [GobField],
        _ type: TypeIndex,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        var values = [GobValue](repeating: .zero, count: fields.count)
        var given: Set<Int> = []
        for member in members {
            guard let field = fields.index(ofFieldNamed: member.name) else {
                let fault = GobJSONError.Fault.unknownField(
                    member.name,
                    type: schema.displayName(of: type),
                    nearest: nearest(to: member.name, among: fields.map(\.name))
                )
                throw GobJSONError(fault, path: path.text)
            }
            guard given.insert(field).inserted else {
                throw GobJSONError(.duplicateField(fields[field].name), path: path.text)
            }
            let inside = path.field(fields[field].name)
            values[field] = try value(member.value, fields[field].type, path: inside)
        }
        return .structure(values)
    }

    private func list(
        _ elements: [JSONValue],
        _ type: TypeIndex,
        path: JSONPath,
    ) throws(GobJSONError) -> [GobValue] {
        var values: [GobValue] = []
        values.reserveCapacity(elements.count)
        for (index, json) in elements.enumerated() {
            values.append(try value(json, type, path: path.index(index)))
        }
        return values
    }

    private func map(
        _ members: [JSONValue.Member],
        _ key: TypeIndex,
        _ type: TypeIndex,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        var pairs: [GobValue] = []
        var given: Set<[UInt8]> = []
        for member in members {
            let inside = path.key(member.name)
            guard given.insert(Array(member.name.utf8)).inserted else {
                throw GobJSONError(.duplicateKey, path: inside.text)
            }
            pairs.append(try self.key(member.name, key, path: inside))
            pairs.append(try value(member.value, type, path: inside))
        }
        return .map(pairs)
    }

    /// A map's key, from the string that JSON has for it.
    private func key(
        _ name: String,
        _ type: TypeIndex,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        do throws(GobJSONError.Fault) {
            switch schema.kind(of: type) {
            case .string: return .string(name)
            case .int:
                return .int(try integer(name, .int))
            case .uint:
                return .uint(try integer(name, .uint))
            case .bool, .float, .bytes, .complex, .interface, .array, .slice, .structure, .map,
                .opaque, nil:
                throw .unsupported("a map whose keys are neither strings nor integers")
            }
        } catch {
            throw GobJSONError(error, path: path.text)
        }
    }

    private func scalar(_ json: JSONValue, _ kind: Kind) throws(GobJSONError.Fault) -> GobValue {
        switch (kind, json) {
        case (.bool, .bool(let truth)): return .bool(truth)
        case (.string, .string(let text)): return .string(text)
        case (.int, .number(let text)): return .int(try integer(text, .int))
        case (.uint, .number(let text)): return .uint(try integer(text, .uint))
        case (.float, _): return .float(try float(json))
        case (.complex, .array(let parts)) where parts.count == 2:
            return .complex(real: try float(parts[0]), imaginary: try float(parts[1]))
        case (.bytes, _): return .bytes(try bytes(json))
        case (.interface, _): throw .unsupported("an interface value")
        default: throw .mismatch(found: json.kindName, expected: kind.jsonForm)
        }
    }

    /// An integer that is written as one, as Go asks for: `1.0` is none.
    private func integer<Integer: FixedWidthInteger>(
        _ text: String,
        _ kind: Kind,
    ) throws(GobJSONError.Fault) -> Integer {
        if let number = Integer(text), text.first != "+" { return number }
        let shown = JSONValue.number(text).kindName
        let isInteger = text.drop { $0 == "-" }.allSatisfy { $0.isASCII && $0.isNumber }
        guard isInteger, !text.isEmpty else {
            throw .mismatch(found: shown, expected: kind.jsonForm)
        }
        throw .outOfRange(shown, type: kind.jsonForm)
    }

    private func float(_ json: JSONValue) throws(GobJSONError.Fault) -> Double {
        switch json {
        case .number(let text):
            guard let number = Double(text), number.isFinite else {
                throw .outOfRange(json.kindName, type: Kind.float.jsonForm)
            }
            return number
        case .string("NaN"): return .nan
        case .string("+Inf"): return .infinity
        case .string("-Inf"): return -.infinity
        case .null, .bool, .string, .array, .object:
            throw .mismatch(found: json.kindName, expected: Kind.float.jsonForm)
        }
    }

    private func bytes(_ json: JSONValue) throws(GobJSONError.Fault) -> [UInt8] {
        switch json {
        case .string(let text):
            guard let data = Data(base64Encoded: text) else { throw .notBase64 }
            return Array(data)
        case .array(let numbers):
            var bytes: [UInt8] = []
            for number in numbers {
                guard case .number(let text) = number else {
                    throw .mismatch(found: number.kindName, expected: "a byte")
                }
                guard let byte = UInt8(text) else {
                    throw .outOfRange(number.kindName, type: "a byte")
                }
                bytes.append(byte)
            }
            return bytes
        case .object(let members):
            guard members.count == 1, members[0].name == "@text",
                case .string(let text) = members[0].value
            else { fallthrough }
            return Array(text.utf8)
        case .null, .bool, .number:
            throw .mismatch(found: json.kindName, expected: Kind.bytes.jsonForm)
        }
    }
}

extension [GobField] {
    /// The field that a name means: the one of that name, else the first that differs in case only.
    fileprivate func index(ofFieldNamed name: String) -> Int? {
        firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
            ?? firstIndex { $0.name.lowercased() == name.lowercased() }
    }
}

extension Kind {
    /// What JSON must have for a value of this kind, for messages.
    fileprivate var jsonForm: String {
        switch self {
        case .bool: "true or false"
        case .int: "an integer of 64 bits"
        case .uint: "an unsigned integer of 64 bits"
        case .float: "a number"
        case .bytes: "base64, a list of bytes or {\"@text\": …}"
        case .string: "a string"
        case .complex: "a list [real, imaginary]"
        case .interface: "a value"
        case .array, .slice: "a list"
        case .structure, .map: "an object"
        case .opaque: "bytes"
        }
    }
}
