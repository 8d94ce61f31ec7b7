/// Finds what was sent for a key: a struct's field by its name, a map's entry by its key.
extension ValueToDecode {
    /// A key's name, as the sender has it.
    enum Name: Hashable {
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
            try checkKeys(pairs)
            values = pairs
            isMap = true
        case (.zero, .map): isMap = true
        case (.zero, .structure), (.zero, nil): break
        default: throw mismatch([String: Any].self)
        }
    }

    /// Makes sure that no entry of a map is passed over because its key is no `CodingKey`.
    private func checkKeys(_ pairs: [GobValue]) throws {
        for index in stride(from: 0, to: pairs.count, by: 2) where pairs[index].keyName == nil {
            if case .invalidString = pairs[index] {
                throw corrupted("a map's key is a string that is not UTF-8")
            }
            throw mismatch([String: Any].self)
        }
    }

    /// All keys there are: of a struct those that were sent, so that an enum with payloads finds its
    /// one case.
    var names: [Name] {
        guard !isMap else {
            return stride(from: 0, to: values.count, by: 2).compactMap { values[$0].keyName }
        }
        guard let node, node.kind == .structure else { return [] }
        return zip(values, state.fields[Int(node.key)...]).compactMap { value, field in
            if case .zero = value { nil } else { .text(field.name) }
        }
    }

    /// What was sent for a key: of a common kind it is all that is needed.
    func sent(_ key: some CodingKey) -> GobValue { sent(place(of: key)) }

    /// What was sent at a place.
    func sent(_ place: Place?) -> GobValue {
        guard let place, place.index < values.count else { return .zero }
        return values[place.index]
    }

    /// A key's value on its way; zero where nothing was sent.
    func value(_ key: some CodingKey) -> ValueToDecode { value(key, at: place(of: key)) }

    /// A key's value on its way, where its place is known.
    func value(_ key: some CodingKey, at place: Place?) -> ValueToDecode {
        ValueToDecode(sent(place), place?.type, state, parent: self, step: .key(key))
    }

    /// Where a key's value is; `nil` where the sender has no such field or entry.
    func place(of key: some CodingKey) -> Place? {
        guard let node else { return nil }
        return isMap ? entry(key, node) : field(key.stringValue, node)
    }

    /// The search begins at the key that was found last, which is often asked for again, and goes
    /// on with those after it, in whose order most types ask; where that is not so, in a table.
    private func field(_ name: String, _ node: GobSchema.Node) -> Place? {
        let first = Int(node.key)
        for offset in 0..<min(node.count, Self.steps) {
            var index = lastKey + offset
            if index >= node.count { index -= node.count }
            guard state.fields[first + index].name == name else { continue }
            return place(ofField: index, node)
        }
        guard node.count > Self.steps, let index = state.position(of: name, among: node) else {
            return nil
        }
        return place(ofField: index, node)
    }

    private func entry(_ key: some CodingKey, _ node: GobSchema.Node) -> Place? {
        let count = values.count / 2
        for offset in 0..<min(count, Self.steps) {
            var index = lastKey + offset
            if index >= count { index -= count }
            guard values[2 * index].isKey(key) else { continue }
            return place(ofEntry: index, node)
        }
        guard count > Self.steps else { return nil }
        if entries.isEmpty { entries = indexedEntries() }
        let index = entries[.text(key.stringValue)] ?? key.intValue.flatMap { entries[.number($0)] }
        return index.map { place(ofEntry: $0, node) }
    }

    /// How many keys are looked at before the table is.
    private static var steps: Int { 16 }

    private func place(ofField index: Int, _ node: GobSchema.Node) -> Place {
        lastKey = index
        return Place(index: index, type: state.fields[Int(node.key) + index].type)
    }

    private func place(ofEntry index: Int, _ node: GobSchema.Node) -> Place {
        lastKey = index
        return Place(index: 2 * index + 1, type: TypeIndex(position: Int(node.element)))
    }

    private func indexedEntries() -> [Name: Int] {
        var table = [Name: Int](minimumCapacity: values.count / 2)
        for index in 0..<values.count / 2 {
            if let name = values[2 * index].keyName { table[name] = index }
        }
        return table
    }
}

extension GobValue {
    /// A map's key as the name that a `CodingKey` has.
    fileprivate var keyName: ValueToDecode.Name? {
        switch self {
        case .string(let text): .text(text)
        case .int(let number): Int(exactly: number).map { .number($0) }
        case .uint(let number): Int(exactly: number).map { .number($0) }
        case .interface(let content): content.value.keyName
        case .zero, .bool, .float, .complex, .invalidString, .bytes, .opaque, .list, .structure,
            .map:
            nil
        }
    }

    fileprivate func isKey(_ key: some CodingKey) -> Bool {
        switch keyName {
        case .text(let text): text == key.stringValue
        case .number(let number): number == key.intValue
        case nil: false
        }
    }
}
