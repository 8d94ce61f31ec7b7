import Gob

/// What bytes of a gob stream mean, in a few words.
struct InspectionWords {
    private let schema: GobSchema
    private let error: GobError?
    private let style: Style
    private let literal: InlineLiteral

    /// How much of a string is shown beside its bytes.
    private static let byteLimit = 80
    /// How many fields of a struct are shown where it is defined.
    private static let fieldLimit = 20

    /// The words for a part of a stream.
    init(_ inspection: GobInspection, style: Style) {
        schema = inspection.schema
        error = inspection.error
        self.style = style
        literal = InlineLiteral(schema: schema, byteLimit: Self.byteLimit)
    }

    /// What a line means.
    func text(of line: GobInspection.Line) -> String {
        switch line.meaning {
        case .messageLength(let count): style.paint("message of \(bytes(count))", as: .command)
        case .definition(let id, let type): "definition of type \(id)\(definition(type))"
        case .valueType(let id, let type): "value of \(reference(id, type))"
        case .zero: style.paint("0, as before every value that is no struct", as: .dim)
        case .definitionField(let name, of: _, let delta): field(name, delta)
        case .definitionEnd(let name): style.paint("end of \(name)", as: .dim)
        case .name(let name): style.paint("\"\(name.shown)\"", as: .string)
        case .typeID(let id, let type): reference(id, type)
        case .arrayLength(let length): "length \(length)"
        case .fieldCount(let count): counted(count, "field")
        case .field(let name, let delta): field(name, delta)
        case .structureEnd(let type): style.paint("end of \(schema.shownName(of: type))", as: .dim)
        case .structure(let type, let place): words(place) + schema.shownName(of: type)
        case .count(let count, let type, let place): words(place) + self.count(count, type)
        case .scalar(let value, let type, let place): words(place) + scalar(value, type)
        case .interfaceName(let name, let place): words(place) + interface(name)
        case .interfaceLength(let count): style.paint("its value has \(bytes(count))", as: .dim)
        case .restLength(let count): style.paint("the rest has \(bytes(count))", as: .dim)
        case .surplus: style.paint("\(bytes(line.range)) that no receiver reads", as: .dim)
        case .untold: "\(bytes(line.range)), too many parts to show them one by one"
        case .stream(let number): style.paint("stream \(number) begins", as: .command)
        case .undefined: "\(bytes(line.range)) that cannot be read: no type is defined for them"
        case .broken(let expected): broken(expected)
        case .unread: style.paint("\(bytes(line.range)) that follow", as: .dim)
        }
    }

    private func bytes(_ count: some BinaryInteger) -> String {
        counted(count, "byte")
    }

    private func bytes(_ range: Range<Int>) -> String { bytes(range.count) }

    private func broken(_ expected: String) -> String {
        let reason = error.map { ": \($0)" } ?? ""
        return style.paint("broken; expected \(expected)\(reason)".harmless, as: .error)
    }

    private func field(_ name: String, _ delta: UInt64) -> String {
        "+\(delta) " + style.paint(name.shown, as: .name)
    }

    private func reference(_ id: Int64, _ type: TypeIndex?) -> String {
        guard let type, schema.kind(of: type) != nil else { return "type \(id), not defined" }
        return "type \(id), \(schema.shownName(of: type))"
    }

    private func words(_ place: GobInspection.Place) -> String {
        switch place {
        case .element(let index): style.paint("[\(index)] ", as: .name)
        case .key: style.paint("key ", as: .name)
        case .entry: style.paint("value ", as: .name)
        case .top, .field, .content: ""
        }
    }

    private func interface(_ name: String) -> String {
        guard !name.isEmpty else { return "interface, nil" }
        return "interface of " + style.paint("\"\(name.shown)\"", as: .string)
    }

    private func count(_ count: UInt64, _ type: TypeIndex) -> String {
        let isMap = schema.kind(of: type) == .map
        let one = isMap ? "entry" : "element"
        let many = isMap ? "entries" : "elements"
        return "\(schema.shownName(of: type)) of \(count) \(count == 1 ? one : many)"
    }

    private func scalar(_ value: GobValue, _ type: TypeIndex) -> String {
        let text = literal.scalar(value, type)
        switch schema.kind(of: type) {
        case .bool, .int, .uint, .float, .complex: return "\(schema.shownName(of: type)) \(text)"
        case .string: return "string " + style.paint(text, as: .string)
        case .bytes, .opaque: return style.paint(text, as: .string)
        case .interface, .array, .slice, .structure, .map, nil: return text
        }
    }

    /// What a definition defines, in Go's words; nothing where the stream breaks before that is known.
    private func definition(_ type: TypeIndex?) -> String {
        guard let type, let definition = schema[type] else { return "" }
        let shape = shape(definition, of: type)
        let name = schema.name(of: type).shown
        // An unnamed type in a field is called as it is spelt.
        return name.isEmpty || name == shape ? ": \(shape)" : ": type \(name) \(shape)"
    }

    private func shape(_ definition: GobType, of type: TypeIndex) -> String {
        switch definition {
        case .basic: return schema.shownName(of: type)
        case .array(let element, let count): return "[\(count)]\(part(element, of: type))"
        case .slice(let element): return "[]\(schema.shownName(of: element))"
        case .map(let key, let value):
            return "map[\(schema.shownName(of: key))]\(schema.shownName(of: value))"
        case .opaque(.gob): return "with GobEncode"
        case .opaque(.binary): return "with MarshalBinary"
        case .opaque(.text): return "with MarshalText"
        case .structure(let fields):
            guard !fields.isEmpty else { return "struct{}" }
            var words = fields.prefix(Self.fieldLimit).map { field in
                "\(field.name.shown) \(part(field.type, of: type))"
            }
            if fields.count > words.count { words.append("…") }
            return "struct{ \(words.joined(separator: "; ")) }"
        }
    }

    /// A type inside another one, which cannot be inside itself but as a pointer.
    private func part(_ part: TypeIndex, of type: TypeIndex) -> String {
        (part == type ? "*" : "") + schema.shownName(of: part)
    }
}
