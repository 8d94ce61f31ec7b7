import GoTypes
import Gob

/// What is in an interface: a value with the name of its type, or plain JSON.
extension JSONConversion {
    mutating func interface(
        _ json: JSONValue,
        _ methods: String,
        _ node: Int,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        if case .object(let members) = json, let named = NamedJSON(members) {
            let (name, type) = try type(named.type, path: path)
            guard methods.isEmpty || !layout.base(type).package.isEmpty else {
                let interface = layout.spelling(of: node)
                throw GobJSONError(
                    .mismatch(found: named.type, expected: "a type that is a \(interface)"),
                    path: path.text
                )
            }
            let value = try value(named.value, type, .element, path: path)
            return boxed(name, type, value)
        }
        guard methods.isEmpty else {
            throw GobJSONError(
                .mismatch(found: json.kindName, expected: #"{"@type": "…", "@value": …}"#),
                path: path.text
            )
        }
        let plain = json.goType
        let (name, type) = try type(plain, path: path)
        return boxed(name, type, try value(json, type, .element, path: path))
    }

    private func boxed(_ name: String, _ type: Int, _ value: GobValue) -> GobValue {
        .interface(GobInterface(name: name, type: layout.wireType(of: type), value: value))
    }

    /// The type of a name, and the name under which Go registers it: `main.Point` of `Point`.
    private mutating func type(
        _ name: String,
        path: JSONPath,
    ) throws(GobJSONError) -> (name: String, type: Int) {
        do throws(GoTypeError) {
            if let type = layout.types.ownRegistration(name) {
                return (name, try add(type))
            }
            let type = try add(try layout.types.type(name))
            return (layout.spelling(of: type), type)
        } catch {
            throw GobJSONError(.type(error), path: path.text)
        }
    }

    private mutating func add(_ type: GoType) throws(GoTypeError) -> Int {
        let node = try layout.add(type)
        try layout.checkSendable(node)
        return node
    }
}

/// `{"@type": "main.Point", "@value": …}`.
private struct NamedJSON {
    let type: String
    let value: JSONValue

    init?(_ members: [JSONValue.Member]) {
        guard members.count == 2,
            let name = members.first(where: { $0.name == "@type" }),
            let value = members.first(where: { $0.name == "@value" }),
            case .string(let type) = name.value
        else { return nil }
        self.type = type
        self.value = value.value
    }
}

extension JSONValue {
    /// The Go type that `encoding/json` gives a value in an interface.
    fileprivate var goType: String {
        switch self {
        case .bool: "bool"
        case .number: "float64"
        case .string, .null: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }
}
