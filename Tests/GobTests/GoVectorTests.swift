import GoTypes
import Gob
import GobJSON
import Testing

/// The types of the vectors, declared in Go source, against what real Go sends for them.
@Suite struct GoVectorTests {
    @Test("a Go type is sent with the definitions that Go sends", arguments: Vector.all)
    func definitions(_ vector: Vector) throws {
        let types = try vector.goTypes()
        for (datum, text) in try zip(decodeAll(vector.bytes), vector.types) {
            let (schema, type) = try types.schema(of: types.type(vector.goType(text)))
            let made = Definitions(schema: schema, root: type)
            #expect(made == Definitions(schema: datum.schema, root: datum.type))
        }
    }
}

/// The definitions that a type needs, in the order in which they are sent, as text.
private struct Definitions: Equatable {
    var lines: [String] = []

    init(schema: GobSchema, root: TypeIndex) {
        var numbers: [TypeIndex: Int] = [:]
        var pending = [root]
        while let type = pending.popLast() {
            guard numbers[type] == nil else { continue }
            numbers[type] = numbers.count
            lines.append("\(schema.name(of: type)): \(schema.kind(of: type).map { "\($0)" } ?? "")")
            switch schema[type] {
            case .array(let element, _), .slice(let element): pending.append(element)
            case .map(let key, let value): pending += [value, key]
            case .structure(let fields):
                lines.append(fields.map(\.name).joined(separator: ","))
                pending += fields.reversed().map(\.type)
            case .opaque(let encoding): lines.append("\(encoding)")
            case .basic, nil: break
            }
        }
    }
}

extension Vector {
    /// What the vector's declarations say, with the methods that its comments tell of.
    func goTypes() throws -> GoTypeSet {
        var types = GoTypeSet()
        for declaration in declarations {
            try types.declare(declaration)
            let name = String(declaration.split(separator: " ")[1])
            for (word, method) in [
                ("// has GobEncode", "func (v \(name)) GobEncode() ([]byte, error)"),
                ("// has MarshalBinary", "func (v \(name)) MarshalBinary() ([]byte, error)"),
            ] where declaration.hasSuffix(word) {
                try types.declare(method)
            }
        }
        // An alias names an embedded field, which the vector's own declaration cannot say.
        if name == "struct/embedded-alias" {
            try types.declare("type Alias = Base; type derived struct { Alias }")
        }
        return types
    }

    func goType(_ text: String) -> String { text }
}
