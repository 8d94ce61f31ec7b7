public import Gob

/// Go source for types that were received: declarations, and an expression for each of the types.
///
/// The text compiles as Go, and ``GoTypeSet/declare(_:)`` takes it. Widths and pointers are not on
/// the wire: integers are of 64 bits, and a pointer stands only where a struct is inside itself.
/// Names that Go would not allow are changed; types that have none are written where they are used,
/// or get one.
public struct GoSource: Sendable, Equatable {
    /// The declarations, each named type once, with a line between them; empty where none is needed.
    public let declarations: String
    /// The types, in the order in which they were asked for: names that are declared, or expressions.
    public let types: [String]

    /// The source for some types of a schema.
    public init(of types: [TypeIndex], in schema: GobSchema) {
        var names = ReceivedNames(schema: schema, roots: types)
        names.choose()
        let writer = ReceivedTypes(names: names)
        self.types = types.map { writer.expression($0).text }
        declarations = writer.declarations().joined(separator: "\n\n")
    }
}

/// Makes Go types of gob's, where it is settled which of them have names.
struct ReceivedTypes {
    let names: ReceivedNames
    private var schema: GobSchema { names.schema }

    init(names: ReceivedNames) {
        self.names = names
    }

    func declarations() -> [String] {
        names.order.compactMap { type in
            guard let name = names.names[type] else { return nil }
            if case .opaque(let encoding) = schema[type] { return opaque(name, encoding) }
            return GoPrinter.text(of: definition(type), after: "type \(name) ")
        }
    }

    /// How a type is written where it is used.
    func expression(_ type: TypeIndex) -> GoType {
        names.names[type].map { .named($0) } ?? definition(type)
    }

    private func definition(_ type: TypeIndex) -> GoType {
        switch schema[type] {
        case .basic(let kind): return GoType(kind)
        case .slice(let element): return .slice(expression(element))
        case .array(let element, let count):
            return .array(count: count, reference(to: element, from: type))
        case .map(let key, let value):
            return .map(key: mapKey(key), value: expression(value))
        case .structure(let fields): return .structure(self.fields(fields, of: type))
        case .opaque(let encoding):
            let writer = OpaqueWriter(name: schema.name(of: type), encoding: encoding)
            return writer.map { .named($0.rawValue) } ?? .interface(methods: "")
        case nil: return .interface(methods: "")
        }
    }

    private func fields(_ fields: [GobField], of type: TypeIndex) -> [GoField] {
        var taken = UniqueNames()
        return fields.map { field in
            let name = taken.unique(field.name.asExportedGoName)
            return GoField(name, reference(to: field.type, from: type))
        }
    }

    private func reference(to part: TypeIndex, from type: TypeIndex) -> GoType {
        let expression = expression(part)
        return names.isInside(part, type) ? .pointer(expression) : expression
    }

    /// A key that Go can compare; no Go program sends another.
    private func mapKey(_ key: TypeIndex) -> GoType {
        switch schema.kind(of: key) {
        case .bytes, .slice, .map, nil: .interface(methods: "")
        case .bool, .int, .uint, .float, .string, .complex, .interface, .array, .structure,
            .opaque:
            expression(key)
        }
    }

    /// A type that keeps the bytes which another type's methods wrote.
    private func opaque(_ name: String, _ encoding: OpaqueEncoding) -> String {
        let (encode, decode) =
            switch encoding {
            case .gob: ("GobEncode", "GobDecode")
            case .binary: ("MarshalBinary", "UnmarshalBinary")
            case .text: ("MarshalText", "UnmarshalText")
            }
        return """
            type \(name) struct {
            \tData []byte
            }

            func (v \(name)) \(encode)() ([]byte, error) {
            \treturn v.Data, nil
            }

            func (v *\(name)) \(decode)(data []byte) error {
            \tv.Data = append([]byte(nil), data...)
            \treturn nil
            }
            """
    }
}

extension GoType {
    /// The widest Go type of a basic kind.
    fileprivate init(_ kind: Kind) {
        switch kind {
        case .bool: self = .basic(.bool)
        case .int: self = .basic(.int64)
        case .uint: self = .basic(.uint64)
        case .float: self = .basic(.float64)
        case .bytes: self = .slice(.basic(.uint8))
        case .string: self = .basic(.string)
        case .complex: self = .basic(.complex128)
        case .interface, .array, .slice, .structure, .map, .opaque:
            self = .interface(methods: "")
        }
    }
}

extension String {
    /// The name, where Go takes it for that of an exported field; else one that is like it.
    fileprivate var asExportedGoName: String {
        let name = asGoName
        return name.isExportedInGo ? name : "X" + name
    }

    /// The name with what Go does not allow replaced, and cut where it is longer than any sane one.
    fileprivate var asGoName: String {
        if isGoIdentifier { return self }
        var text = ""
        for scalar in unicodeScalars.prefix(64) {
            text.unicodeScalars.append(
                String(scalar).isGoIdentifier || scalar.isDigit ? scalar : "_"
            )
        }
        return text.isGoIdentifier ? text : "X" + text
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
