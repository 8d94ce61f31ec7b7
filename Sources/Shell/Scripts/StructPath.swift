import Gob

/// A place inside a struct: `.C.N`, `.M["one"]`, `.P[0].X`.
struct StructPath: Sendable, Equatable {
    private enum Step: Equatable {
        case field(String)
        /// An element of a list by its number, or a value of a map by its key.
        case index(String)
    }

    /// A value at a place, with its type.
    struct Found {
        let value: GobValue
        let type: TypeIndex
    }

    /// As it is written.
    let text: String
    private let steps: [Step]

    /// Reads a path; `nil` where it is none.
    init?(_ text: String) {
        var steps: [Step] = []
        var rest = text[...]
        while let first = rest.popFirst() {
            switch first {
            case ".":
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                guard !name.isEmpty else { return nil }
                steps.append(.field(String(name)))
                rest = rest.dropFirst(name.count)
            case "[":
                guard let end = rest.firstIndex(of: "]") else { return nil }
                let key = rest[..<end]
                let isQuoted = key.count >= 2 && key.first == "\"" && key.last == "\""
                steps.append(.index(String(isQuoted ? key.dropFirst().dropLast() : key)))
                rest = rest[end...].dropFirst()
            default: return nil
            }
        }
        guard case .field? = steps.first else { return nil }
        self.text = text
        self.steps = steps
    }

    /// The value at this place; `nil` where there is no such place.
    func value(in datum: GobDatum) -> Found? {
        var found = Found(value: datum.value, type: datum.type)
        for step in steps {
            guard let next = self.next(step, in: opened(found), datum.schema) else { return nil }
            found = next
        }
        return opened(found)
    }

    /// What is in an interface, where it is one.
    private func opened(_ found: Found) -> Found {
        var found = found
        while case .interface(let content) = found.value {
            found = Found(value: content.value, type: content.type)
        }
        return found
    }

    private func next(_ step: Step, in found: Found, _ schema: GobSchema) -> Found? {
        switch (step, schema[found.type]) {
        case (.field(let name), .structure(let fields)?):
            guard let index = fields.firstIndex(where: { $0.name == name }) else { return nil }
            return Found(value: element(index, of: found.value), type: fields[index].type)
        case (.index(let text), .array(let type, _)?), (.index(let text), .slice(let type)?):
            guard let index = Int(text), case .list(let elements) = found.value,
                elements.indices.contains(index)
            else { return nil }
            return Found(value: elements[index], type: type)
        case (.index(let text), .basic(.bytes)?):
            guard let index = Int(text), case .bytes(let bytes) = found.value,
                bytes.indices.contains(index)
            else { return nil }
            return Found(value: .uint(UInt64(bytes[index])), type: TypeIndex(.uint))
        case (.index(let text), .map(let keyType, let type)?):
            guard case .map(let pairs) = found.value else { return nil }
            let index = stride(from: 0, to: pairs.count, by: 2).first { index in
                let key = Found(value: pairs[index], type: keyType)
                return ScalarText(key, schema).text == text
            }
            return index.map { Found(value: pairs[$0 + 1], type: type) }
        default: return nil
        }
    }

    /// A field of a struct; the last ones may have been left out.
    private func element(_ index: Int, of value: GobValue) -> GobValue {
        guard case .structure(let values) = value, values.indices.contains(index) else {
            return .zero
        }
        return values[index]
    }
}

extension Arguments {
    /// The path that a parameter's word is.
    ///
    /// - Throws: ``Failure`` where it is none.
    func structPath(_ name: String, _ word: String) throws -> StructPath {
        guard let path = StructPath(word) else {
            let reason = "\"\(word.harmless)\" is no path, as .C.N or .M[\"one\"]"
            throw wrong(name, Failure(.usage, reason))
        }
        return path
    }
}

/// A value without others inside, as a text to be compared; `nil` for any other.
struct ScalarText {
    let text: String?

    init(_ found: StructPath.Found, _ schema: GobSchema) {
        text =
            switch found.value {
            case .zero: Self.zero(schema.kind(of: found.type))
            case .bool(let truth): "\(truth)"
            case .int(let number): "\(number)"
            case .uint(let number): "\(number)"
            case .float(let number): "\(number)"
            case .string(let string): string
            case .invalidString(let bytes), .bytes(let bytes):
                String(decoding: bytes, as: UTF8.self)
            case .complex, .opaque, .list, .structure, .map, .interface: nil
            }
    }

    private static func zero(_ kind: Kind?) -> String {
        switch kind {
        case .bool: "false"
        case .int, .uint, .float: "0"
        case .string, .bytes: ""
        case .complex, .interface, .array, .slice, .structure, .map, .opaque, nil: "nil"
        }
    }
}
