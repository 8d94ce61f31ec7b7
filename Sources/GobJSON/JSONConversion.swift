import GoTypes
import Gob

/// Makes one value of a JSON document.
///
/// Scalars are in `JSONScalars.swift`, what is in an interface in `JSONInterface.swift`.
struct JSONConversion: Sendable {
    /// The types, which grow with what is in interfaces.
    var layout: GoLayout
    private var zeros: [Int: GobValue] = [:]
    private var fields: [Int: JSONFields] = [:]

    /// Where a value stands, which decides what `null` is there.
    enum Position {
        case top
        /// A struct's field, which is left out where it is zero.
        case field
        /// An element of a list, or a key or a value of a map, which is always sent.
        case element
    }

    init(layout: GoLayout) {
        self.layout = layout
    }

    mutating func value(
        _ json: JSONValue,
        _ node: Int,
        _ position: Position,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        if json == .null { return try null(node, position, path: path) }
        let base = layout.nodes[node].base
        if let opaque = layout.nodes[base].opaque {
            let bytes = try placed(path) { () throws(GobJSONError.Fault) in
                try self.bytes(json, writtenBy: opaque)
            }
            // What is zero is left out, but where only a pointer writes itself (encode.go).
            let isLeftOut = position == .field && layout.nodes[node].pointers == 0
            let zero = OpaqueWriter(rawValue: opaque.writer)?.zero
            return isLeftOut && !opaque.isOnPointer && bytes == zero ? .zero : .opaque(bytes)
        }
        switch layout.nodes[base].shape {
        case .basic(let basic):
            return try placed(path) { () throws(GobJSONError.Fault) in
                try self.scalar(json, basic)
            }
        case .slice where layout.isBytes(base):
            return try placed(path) { () throws(GobJSONError.Fault) in
                .bytes(try self.byteSlice(json, base))
            }
        case .interface(let methods): return try interface(json, methods, base, path: path)
        case .slice, .array, .map, .structure: return try container(json, base, path: path)
        case .pointer, .unsent: preconditionFailure("a type that has no values")
        }
    }

    /// Adds the path to the fault of something that has no path of its own.
    func placed<Result>(
        _ path: JSONPath,
        _ body: () throws(GobJSONError.Fault) -> Result,
    ) throws(GobJSONError) -> Result {
        do {
            return try body()
        } catch {
            throw GobJSONError(error, path: path.text)
        }
    }

    /// What `null` is: nil where the type has it, else the zero value, as in `encoding/json`.
    private mutating func null(
        _ node: Int,
        _ position: Position,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        var isInterface = false
        if case .interface = layout.nodes[node].shape { isInterface = true }
        let isPointer = layout.nodes[node].pointers > 0
        if position == .element, layout.nodes[node].pointers == 1, sendsNil(node) {
            return .opaque([])
        }
        switch position {
        case .top where isPointer || isInterface, .element where isPointer:
            throw GobJSONError(.nilValue(layout.spelling(of: node)), path: path.text)
        case .field: return layout.zero(of: node, &zeros)
        case .top, .element: return layout.zeroElement(of: node, &zeros)
        }
    }

    /// Whether the method by which a type writes itself takes a nil pointer: it then writes nothing
    /// (math/big, `GobEncode`).
    private func sendsNil(_ node: Int) -> Bool {
        switch layout.nodes[layout.nodes[node].base].opaque.flatMap({
            OpaqueWriter(rawValue: $0.writer)
        }) {
        case .bigInt, .bigFloat, .bigRat: true
        case .time, .decimal, .url, .address, .addressPort, .prefix, .uuid, nil: false
        }
    }

    private mutating func container(
        _ json: JSONValue,
        _ node: Int,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        switch (layout.nodes[node].shape, json) {
        case (.structure, .object(let members)):
            return try structure(members, node, path: path)
        case (.slice(let element), .array(let elements)):
            return .list(try list(elements, element, path: path))
        case (.array(let element, let count), .array(let elements)):
            guard elements.count == count else {
                let fault = GobJSONError.Fault.arrayLength(found: elements.count, expected: count)
                throw GobJSONError(fault, path: path.text)
            }
            return .list(try list(elements, element, path: path))
        case (.map(let key, let value), .object(let members)) where keysAreNames(key):
            return .map(try map(members, key, value, path: path))
        case (.map(let key, let value), .array(let pairs)) where !keysAreNames(key):
            return .map(try map(pairs, key, value, path: path))
        case (let shape, _):
            let form = "\(shape.jsonForm(keysAreNames)) (\(layout.spelling(of: node)))"
            throw GobJSONError(.mismatch(found: json.kindName, expected: form), path: path.text)
        }
    }

    private mutating func list(
        _ elements: [JSONValue],
        _ type: Int,
        path: JSONPath,
    ) throws(GobJSONError) -> [GobValue] {
        var values: [GobValue] = []
        values.reserveCapacity(elements.count)
        for (index, json) in elements.enumerated() {
            values.append(try value(json, type, .element, path: path.index(index)))
        }
        return values
    }

    /// A map whose keys are names in JSON.
    private mutating func map(
        _ members: [JSONValue.Member],
        _ key: Int,
        _ type: Int,
        path: JSONPath,
    ) throws(GobJSONError) -> [GobValue] {
        var pairs: [GobValue] = []
        var given: Set<GobValue> = []
        for member in members {
            let inside = path.key(member.name)
            let name = try self.key(member.name, key, path: inside)
            guard given.insert(name).inserted else {
                throw GobJSONError(.duplicateKey, path: inside.text)
            }
            pairs.append(name)
            pairs.append(try value(member.value, type, .element, path: inside))
        }
        return pairs
    }

    /// A map as a list of pairs, which is possible for any keys.
    private mutating func map(
        _ elements: [JSONValue],
        _ key: Int,
        _ type: Int,
        path: JSONPath,
    ) throws(GobJSONError) -> [GobValue] {
        var pairs: [GobValue] = []
        var given: Set<GobValue> = []
        for (index, element) in elements.enumerated() {
            let inside = path.index(index)
            guard case .array(let pair) = element, pair.count == 2 else {
                let found = element.kindName
                throw GobJSONError(
                    .mismatch(found: found, expected: "a pair [key, value]"),
                    path: inside.text
                )
            }
            let name = try value(pair[0], key, .element, path: inside)
            guard given.insert(name).inserted else {
                throw GobJSONError(.duplicateKey, path: inside.text)
            }
            pairs.append(name)
            pairs.append(try value(pair[1], type, .element, path: inside))
        }
        return pairs
    }

    private mutating func structure(
        _ members: [JSONValue.Member],
        _ node: Int,
        path: JSONPath,
    ) throws(GobJSONError) -> GobValue {
        let known = fields[node] ?? JSONFields(of: node, in: layout)
        fields[node] = known
        guard case .structure(var values) = layout.zero(of: node, &zeros) else { return .zero }
        var given: Set<[Int]> = []
        var begun: Set<[Int]> = []
        for member in members {
            let field = try field(member.name, of: node, known, path: path)
            let positions = field.steps.map(\.position)
            // A field may be given by its own name, or inside the struct that is embedded.
            let prefixes = (1...positions.count).map { Array(positions.prefix($0)) }
            guard !begun.contains(positions), given.isDisjoint(with: prefixes) else {
                throw GobJSONError(.duplicateField(field.name), path: path.text)
            }
            given.insert(positions)
            begun.formUnion(prefixes)
            let inside = path.field(field.name)
            let json = field.isQuoted ? member.value.unquoted : member.value
            let value = try value(json, field.type, .field, path: inside)
            store(value, at: field.steps[...], in: &values)
        }
        return .structure(values)
    }

    private func field(
        _ name: String,
        of node: Int,
        _ known: JSONFields,
        path: JSONPath,
    ) throws(GobJSONError) -> JSONField {
        if let field = known.field(named: name) ?? embedded(name, node) {
            guard field.isSent else {
                throw GobJSONError(.notSent(name, type: layout.spelling(of: node)), path: path.text)
            }
            return field
        }
        let fault = GobJSONError.Fault.unknownField(
            name,
            type: layout.nodes[node].name.isEmpty ? "the struct" : layout.nodes[node].name,
            nearest: nearest(to: name, among: known.all.map(\.name))
        )
        throw GobJSONError(fault, path: path.text)
    }

    /// An embedded struct by its own name, which gob shows, and `encoding/json` does not.
    private func embedded(_ name: String, _ node: Int) -> JSONField? {
        guard case .structure(let fields) = layout.nodes[node].shape,
            let position = fields.firstIndex(where: { $0.isEmbedded && $0.name == name }),
            let type = fields[position].type
        else { return nil }
        let step = JSONField.Step(number: fields[position].number, type: type, position: position)
        return JSONField(embedded: name, step)
    }

    /// Stores a value in a field, perhaps one of a struct that is embedded.
    private mutating func store(
        _ value: GobValue,
        at steps: ArraySlice<JSONField.Step>,
        in fields: inout [GobValue],
    ) {
        guard let step = steps.first, let number = step.number else { return }
        guard steps.count > 1 else {
            fields[number] = value
            return
        }
        if fields[number] == .zero {
            fields[number] = layout.zero(of: layout.nodes[step.type].base, &zeros)
        }
        guard case .structure(var inner) = fields[number] else { return }
        fields[number] = .zero
        store(value, at: steps.dropFirst(), in: &inner)
        fields[number] = .structure(inner)
    }
}

extension JSONValue {
    /// What a string says where the field's tag asks for a number in a string.
    fileprivate var unquoted: JSONValue {
        guard case .string(let text) = self, let value = try? JSONValue(parsing: Array(text.utf8))
        else { return self }
        return value
    }
}

extension GoLayout.Shape {
    /// What JSON must have, for messages.
    fileprivate func jsonForm(_ keysAreNames: (Int) -> Bool) -> String {
        switch self {
        case .slice, .array: "a list"
        case .map(let key, _): keysAreNames(key) ? "an object" : "a list of pairs [key, value]"
        case .structure: "an object"
        case .basic, .interface, .pointer, .unsent: "a value"
        }
    }
}
