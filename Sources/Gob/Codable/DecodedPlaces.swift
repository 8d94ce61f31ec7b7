/// Finds what was sent for a key: a struct's field by its name, a map's entry by its key.
extension ValueToDecode {
    /// A key's name, as the sender has it.
    enum Name {
        case text(String)
        case number(Int)
    }

    /// Where a key's value is, and its type; past the last value where nothing was sent.
    struct Place {
        let index: Int
        let type: TypeIndex
    }

    /// Makes sure that the value has keys.
    func prepareKeys() throws {
        switch (value, node?.kind) {
        case (.structure(let fields), _): values = fields
        case (.map(let pairs), _):
            values = pairs
            isMap = true
        case (.zero, .map): isMap = true
        case (.zero, .structure), (.zero, nil): break
        default: throw mismatch([String: Any].self)
        }
    }

    /// All keys there are.
    var names: [Name] {
        guard !isMap else {
            return stride(from: 0, to: values.count, by: 2).compactMap { values[$0].keyName }
        }
        guard let node, node.kind == .structure else { return [] }
        return (0..<node.count).map { .text(state.fields[Int(node.key) + $0].name) }
    }

    /// What was sent for a key: of a common kind it is all that is needed.
    func sent(_ key: some CodingKey) -> GobValue {
        guard let place = place(of: key), place.index < values.count else { return .zero }
        return values[place.index]
    }

    /// A key's value on its way; zero where nothing was sent.
    func value(_ key: some CodingKey) -> ValueToDecode {
        let place = place(of: key)
        let value = place.flatMap { $0.index < values.count ? values[$0.index] : nil }
        return ValueToDecode(value ?? .zero, place?.type, state, parent: self, step: .key(key))
    }

    /// Where a key's value is; `nil` where the sender has no such field or entry.
    func place(of key: some CodingKey) -> Place? {
        guard let node else { return nil }
        return isMap ? entry(key, node) : field(key.stringValue, node)
    }

    /// The search begins at the key that was found last, which is often asked for again, and goes
    /// on with those after it, in whose order most types ask.
    private func field(_ name: String, _ node: GobSchema.Node) -> Place? {
        let first = Int(node.key)
        for offset in 0..<node.count {
            var index = lastKey + offset
            if index >= node.count { index -= node.count }
            guard state.fields[first + index].name == name else { continue }
            lastKey = index
            return Place(index: index, type: state.fields[first + index].type)
        }
        return nil
    }

    private func entry(_ key: some CodingKey, _ node: GobSchema.Node) -> Place? {
        let count = values.count / 2
        for offset in 0..<count {
            var index = lastKey + offset
            if index >= count { index -= count }
            guard values[2 * index].isKey(key) else { continue }
            lastKey = index
            return Place(index: 2 * index + 1, type: TypeIndex(position: Int(node.element)))
        }
        return nil
    }
}

extension GobValue {
    /// A map's key as the name that a `CodingKey` has.
    fileprivate var keyName: ValueToDecode.Name? {
        switch self {
        case .string(let text): .text(text)
        case .int(let number): Int(exactly: number).map { .number($0) }
        case .uint(let number): Int(exactly: number).map { .number($0) }
        case .zero, .bool, .float, .complex, .invalidString, .bytes, .opaque, .list, .structure,
            .map, .interface:
            nil
        }
    }

    fileprivate func isKey(_ key: some CodingKey) -> Bool {
        switch self {
        case .string(let text): text == key.stringValue
        case .int(let number): key.intValue == Int(exactly: number)
        case .uint(let number): key.intValue == Int(exactly: number)
        case .zero, .bool, .float, .complex, .invalidString, .bytes, .opaque, .list, .structure,
            .map, .interface:
            false
        }
    }
}
