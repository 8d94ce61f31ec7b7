import Gob

/// Makes Go types of gob's, where it is settled which of them have names.
struct ReceivedDefinitions {
    let names: ReceivedNames
    private let spellings: ReceivedSpellings
    private var schema: GobSchema { names.schema }

    init(names: ReceivedNames, spellings: ReceivedSpellings) {
        self.names = names
        self.spellings = spellings
    }

    func declarations() -> [String] {
        names.order.compactMap { type in
            guard let name = names.names[type] else { return nil }
            if case .opaque(let encoding) = schema[type] { return opaque(name, encoding) }
            let declaration = GoPrinter.text(of: definition(type), after: "type \(name) ")
            return remark(on: type, called: name) + declaration
        }
    }

    /// How a type is written where it is used.
    func expression(_ type: TypeIndex) -> GoType {
        names.names[type].map { .named($0) } ?? definition(type)
    }

    private func definition(_ type: TypeIndex) -> GoType {
        if let spelling = spellings[type] { return definition(type, spelling) }
        return switch schema[type] {
        case .basic(let kind): GoType(kind)
        case .slice(let element): .slice(expression(element))
        case .array(let element, let count):
            .array(count: count, reference(to: element, from: type))
        case .map(let key, let value):
            .map(key: mapKey(key), value: expression(value))
        case .structure(let fields): .structure(self.fields(fields, of: type))
        case .opaque:
            schema.libraryType(of: type).map { .named($0.rawValue) } ?? .interface(methods: "")
        case nil: .interface(methods: "")
        }
    }

    /// A list or a map with the widths and pointers of its spelling.
    private func definition(_ type: TypeIndex, _ spelling: GoType) -> GoType {
        switch (schema[type], spelling) {
        case (.slice(let element), .slice(let part)): .slice(expression(element, part))
        case (.array(let element, let count), .array(_, let part)):
            .array(count: count, reference(to: element, part, from: type))
        case (.map(let key, let value), .map(let keyPart, let valuePart)):
            .map(
                key: isComparable(key) ? expression(key, keyPart) : mapKey(key),
                value: expression(value, valuePart)
            )
        // Nothing else is spelt.
        default: .interface(methods: "")
        }
    }

    /// How a part of what was spelt is written.
    private func expression(_ type: TypeIndex, _ spelling: GoType) -> GoType {
        switch (schema[type], spelling) {
        case (.basic(let kind), .basic) where kind != .interface: spelling
        case (_, .pointer(let part)): .pointer(expression(type, part))
        case (let wire, _)
        where names.names[type] == nil && ReceivedSpellings.parts(wire, spelling) != nil:
            definition(type, spelling)
        default: expression(type)
        }
    }

    /// The same of the element of an array, for which Go wants a pointer inside itself.
    private func reference(
        to part: TypeIndex,
        _ spelling: GoType,
        from type: TypeIndex,
    ) -> GoType {
        let expression = expression(part, spelling)
        if case .pointer = expression { return expression }
        return names.isInside(part, type) ? .pointer(expression) : expression
    }

    private func fields(_ fields: [GobField], of type: TypeIndex) -> [GoField] {
        zip(fields, fieldNames(fields)).map { field, name in
            GoField(name, reference(to: field.type, from: type))
        }
    }

    private func fieldNames(_ fields: [GobField]) -> [String] {
        var taken = UniqueNames()
        return fields.map { taken.unique($0.name.asExportedGoName) }
    }

    private func reference(to part: TypeIndex, from type: TypeIndex) -> GoType {
        let expression = expression(part)
        return names.isInside(part, type) ? .pointer(expression) : expression
    }

    /// A key that Go can compare; no Go program sends another.
    private func mapKey(_ key: TypeIndex) -> GoType {
        isComparable(key) ? expression(key) : .interface(methods: "")
    }

    private func isComparable(_ type: TypeIndex) -> Bool {
        var seen: Set<TypeIndex> = [type]
        var pending = [type]
        while let type = pending.popLast() {
            var parts: [TypeIndex] = []
            switch schema[type] {
            case .basic(let kind): if kind == .bytes { return false }
            case .slice, .map, nil: return false
            case .opaque: if schema.libraryType(of: type)?.isComparable == false { return false }
            case .array(let element, _): parts = [element]
            case .structure(let fields): parts = fields.map(\.type)
            }
            pending += parts.filter { seen.insert($0).inserted }
        }
        return true
    }

    // MARK: What Go has not

    /// Which names of a struct are not those that were sent, as lines of a comment; mostly none.
    private func remark(on type: TypeIndex, called name: String) -> String {
        guard case .structure(let fields) = schema[type] else { return "" }
        var rows: [String] = []
        let sent = schema.name(of: type)
        if sent != name, sent.isGoIdentifier { rows.append("// \(name) is called \(sent).") }
        for (field, name) in zip(fields, fieldNames(fields)) where field.name != name {
            rows.append("// \(name) is what is left of a name that no Go program can send.")
        }
        return rows.map { $0 + "\n" }.joined()
    }

    /// A type that keeps the bytes which another type's methods wrote.
    private func opaque(_ name: String, _ encoding: OpaqueEncoding) -> String {
        let (encode, decode) =
            switch encoding {
            case .gob: ("GobEncode", "GobDecode")
            case .binary: ("MarshalBinary", "UnmarshalBinary")
            case .text: ("MarshalText", "UnmarshalText")
            }
        // A string, so that a map may have it as a key.
        return """
            // \(name) keeps what the sender's \(encode) wrote; what that means is not sent.
            type \(name) struct {
            \tData string
            }

            func (v \(name)) \(encode)() ([]byte, error) {
            \treturn []byte(v.Data), nil
            }

            func (v *\(name)) \(decode)(data []byte) error {
            \tv.Data = string(data)
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
