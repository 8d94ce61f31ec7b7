/// A value on its way out of an `Encodable` type: what it gives is collected here.
final class ValueToEncode: Encoder {
    let state: EncodingState
    let path: CodingStep
    /// The place of the type.
    let place: LearntTypes.Place
    private var content: Content = .nothing
    /// Values that are asked for while the whole is being collected, and where they go.
    private var pending: [(index: Int, value: ValueToEncode)] = []
    /// What went wrong where it could not be thrown.
    private var fault: (any Error)?

    private enum Content {
        case nothing
        case single(GobValue)
        case structure([GobValue])
        case list([GobValue])
        case map([GobValue])
    }

    init(_ state: EncodingState, _ place: LearntTypes.Place, _ path: CodingStep) {
        self.state = state
        self.place = place
        self.path = path
    }

    var codingPath: [any CodingKey] { path.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { state.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        beginKeyed()
        return KeyedEncodingContainer(KeyedTarget<Key>(target: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        beginUnkeyed()
        return ListTarget(target: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleTarget(target: self) }

    func beginKeyed() {
        if case .map = state.types.shape(of: place) {
            if case .nothing = content { content = .map([]) }
        } else if case .nothing = content {
            content = .structure([])
            if case .structure = state.types.shape(of: place) { return }
            state.types.set(place, .structure([]))
        }
    }

    func beginUnkeyed() {
        guard case .nothing = content else { return }
        if case .map = state.types.shape(of: place) {
            content = .map([])
        } else {
            content = .list([])
        }
    }

    /// How many elements there are.
    var count: Int {
        switch content {
        case .nothing, .single: 0
        case .structure(let values), .list(let values), .map(let values): values.count
        }
    }

    /// Takes the value of a key, whose type may be known by more than the value.
    func set(_ key: some CodingKey, _ value: GobValue, _ type: LearntTypes.Place) throws {
        switch content {
        case .map:
            try append(mapKey(key))
            append(value)
        case .structure(let fields):
            let index = state.types.field(
                key.stringValue,
                of: place,
                type: type,
                guess: fields.count
            )
            guard let known = state.types.type(ofField: index, of: place),
                state.types.areSame(known, type)
            else {
                throw state.invalid(
                    value,
                    .key(key, path),
                    "a Go field has one type, and this one had another before"
                )
            }
            put(value, at: index)
        case .nothing, .single, .list:
            preconditionFailure("a key where there is no keyed container")
        }
    }

    /// Takes a key whose value is nil: its type is known, and nothing is sent.
    func setNil(_ key: some CodingKey, _ type: LearntTypes.Place) throws {
        if case .map = content {
            throw state.invalid(key, .key(key, path), GobError.Fault.nilElement.description)
        }
        try set(key, .zero, type)
    }

    /// Takes nil for the value that the type consists of.
    func setNil() {
        content = .single(.zero)
    }

    /// Takes the next element of a list, or the next key or value of a map.
    func add(_ value: GobValue, _ type: LearntTypes.Place) throws {
        switch (content, state.types.shape(of: place)) {
        case (.list, .unseen): state.types.set(place, .slice(type))
        case (.list, .slice(let element)) where state.types.areSame(element, type): break
        case (.map, _): break
        default:
            throw state.invalid(value, .index(count, path), "a Go slice has elements of one type")
        }
        append(value)
    }

    /// Takes the value that the type consists of.
    func set(_ value: GobValue, _ type: LearntTypes.Place) throws {
        content = .single(value)
        guard !state.types.areSame(place, type) else { return }
        guard case .unseen = state.types.shape(of: place) else {
            throw state.invalid(value, path, "it had another Go type before")
        }
        state.types.set(place, .same(type))
    }

    /// A value that is collected on its own, at a key.
    func nested(_ key: some CodingKey) -> ValueToEncode {
        let type = nestedType(key.stringValue)
        let value = ValueToEncode(state, type, .key(key, path))
        do {
            try set(key, .zero, type)
            pending.append((lastIndex(of: key), value))
        } catch {
            fault = error
        }
        return value
    }

    /// A value that is collected on its own, as the next element.
    func nested() -> ValueToEncode {
        let type: LearntTypes.Place
        if case .slice(let element) = state.types.shape(of: place) {
            type = element
        } else {
            type = state.types.reserve(nil, name: "")
        }
        let index = count
        let value = ValueToEncode(state, type, .index(index, path))
        do {
            try add(.zero, type)
            pending.append((index, value))
        } catch {
            fault = error
        }
        return value
    }

    /// All that was collected.
    func finish() throws -> GobValue {
        if let fault { throw fault }
        for (index, value) in pending { put(try value.finish(), at: index) }
        switch content {
        case .nothing:
            throw state.invalid(self, path, "nothing was encoded of it")
        case .single(let value): return value
        case .list(let values): return .list(values)
        case .map(let values): return .map(values)
        case .structure(let values): return .structure(values)
        }
    }

    private func append(_ value: GobValue) {
        switch content {
        case .list(var values):
            content = .nothing
            values.append(value)
            content = .list(values)
        case .map(var values):
            content = .nothing
            values.append(value)
            content = .map(values)
        case .nothing, .single, .structure:
            preconditionFailure("an element where there is no list")
        }
    }

    private func put(_ value: GobValue, at index: Int) {
        switch content {
        case .structure(var values):
            content = .nothing
            while values.count <= index { values.append(.zero) }
            values[index] = value
            content = .structure(values)
        case .list(var values):
            values[index] = value
            content = .list(values)
        case .map(var values):
            values[index] = value
            content = .map(values)
        case .nothing, .single:
            preconditionFailure("a value where there is no container")
        }
    }

    private func mapKey(_ key: some CodingKey) throws -> GobValue {
        guard case .map(let keys, _) = state.types.shape(of: place),
            case .basic(let kind) = state.types.shape(of: keys)
        else { throw state.invalid(key, path, "a key of a Go map that has no kind") }
        switch kind {
        case .int: return .int(Int64(key.intValue ?? 0))
        case .uint: return .uint(UInt64(clamping: key.intValue ?? 0))
        case .string: return .string(key.stringValue)
        case .bool, .float, .bytes, .complex, .interface, .array, .slice, .structure, .map,
            .opaque:
            throw state.invalid(key, path, "a key of a Go map that is no \(kind.goWord)")
        }
    }

    private func nestedType(_ name: String) -> LearntTypes.Place {
        switch state.types.shape(of: place) {
        case .structure(let fields):
            fields.first { $0.name == name }?.type ?? state.types.reserve(nil, name: "")
        case .map(_, let value): value
        case .unseen, .basic, .slice, .opaque, .same: state.types.reserve(nil, name: "")
        }
    }

    private func lastIndex(of key: some CodingKey) -> Int {
        guard case .structure(let fields) = state.types.shape(of: place) else { return count - 1 }
        return fields.firstIndex { $0.name == key.stringValue } ?? count - 1
    }
}
