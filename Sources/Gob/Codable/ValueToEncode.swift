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
        case single(GobValue?)
        case structure([GobValue])
        case list([GobValue])
        case bytes([UInt8])
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
        guard case .nothing = content else { return }
        switch state.types.shape(of: place) {
        case .structure: content = .structure([])
        case .map: content = .map([])
        case .unseen:
            state.types.set(place, .structure([]))
            content = .structure([])
        case .basic, .slice, .opaque, .same: fault = anotherType()
        }
    }

    func beginUnkeyed() {
        guard case .nothing = content else { return }
        switch state.types.shape(of: place) {
        case .slice: content = .list([])
        case .map: content = .map([])
        case .basic(.bytes): content = .bytes([])
        case .unseen:
            state.types.set(place, .slice(state.types.reserve(nil, name: "")))
            content = .list([])
        case .basic, .structure, .opaque, .same: fault = anotherType()
        }
    }

    /// How many elements there are.
    var count: Int {
        switch content {
        case .nothing, .single: 0
        case .structure(let values), .list(let values), .map(let values): values.count
        case .bytes(let bytes): bytes.count
        }
    }

    /// Takes the value of a key, whose type may be known by more than the value.
    func set(_ key: some CodingKey, _ value: GobValue?, _ type: LearntTypes.Place) throws {
        if value == nil, case .map = content { throw nilElement(.key(key, path)) }
        try take(key, value ?? .zero, type)
    }

    private func take(
        _ key: some CodingKey,
        _ value: GobValue,
        _ type: LearntTypes.Place,
    ) throws {
        if let fault { throw fault }
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
        case .nothing, .single, .list, .bytes: throw anotherType()
        }
    }

    /// Takes nil for the value that the type consists of.
    func setNil() {
        content = .single(nil)
    }

    /// Takes the next element of a list, or the next key or value of a map.
    func add(_ value: GobValue?, _ type: LearntTypes.Place) throws {
        guard let value else { throw nilElement(.index(count, path)) }
        try take(value, type)
    }

    /// Takes the next element of a list of bytes, which is Go's `[]byte`.
    func add(_ byte: UInt8) throws {
        if case .list(let values) = content, values.isEmpty,
            case .slice(let element) = state.types.shape(of: place),
            case .unseen = state.types.shape(of: element)
        {
            state.types.set(place, .same(LearntTypes.place(of: .bytes)))
            content = .bytes([])
        }
        guard case .bytes(var bytes) = content else {
            return try add(.uint(UInt64(byte)), LearntTypes.place(of: .uint))
        }
        content = .nothing
        bytes.append(byte)
        content = .bytes(bytes)
    }

    private func take(_ value: GobValue, _ type: LearntTypes.Place) throws {
        if let fault { throw fault }
        guard isElement(type) else {
            throw state.invalid(value, .index(count, path), "a Go slice has elements of one type")
        }
        append(value)
    }

    /// Takes the value that the type consists of.
    func set(_ value: GobValue?, _ type: LearntTypes.Place) throws {
        if let fault { throw fault }
        content = .single(value)
        guard !state.types.areSame(place, type) else { return }
        guard case .unseen = state.types.shape(of: place) else {
            throw anotherType()
        }
        state.types.set(place, .same(type))
    }

    /// A value that is collected on its own, at a key.
    func nested(_ key: some CodingKey) -> ValueToEncode {
        if let same = pendingField(key) { return same }
        let type = nestedType(key.stringValue)
        let value = ValueToEncode(state, type, .key(key, path))
        do {
            try take(key, .zero, type)
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
            try take(.zero, type)
            pending.append((index, value))
        } catch {
            fault = error
        }
        return value
    }

    /// All that was collected; `nil` where it was that.
    func finish() throws -> GobValue? {
        if let fault { throw fault }
        for (index, nested) in pending {
            let value = try nested.finish()
            if value == nil, !isStructure { throw nilElement(nested.path) }
            put(value ?? .zero, at: index)
        }
        switch content {
        case .nothing:
            throw state.invalid(self, path, "nothing was encoded of it")
        case .single(let value): return value
        // An empty list may be one of bytes, as later ones show.
        case .list(let values): return values.isEmpty ? .zero : .list(values)
        case .bytes(let bytes): return .bytes(bytes)
        case .map(let values): return .map(values)
        case .structure(let values): return .structure(values)
        }
    }

    /// Whether an element may have a type: the first one says what the others are.
    private func isElement(_ type: LearntTypes.Place) -> Bool {
        switch (content, state.types.shape(of: place)) {
        case (.map, _): return true
        case (.list, .slice(let element)):
            guard !state.types.areSame(element, type) else { return true }
            guard case .unseen = state.types.shape(of: element) else { return false }
            state.types.set(element, .same(type))
            return true
        default: return false
        }
    }

    private var isStructure: Bool {
        if case .structure = content { true } else { false }
    }

    private func nilElement(_ path: CodingStep) -> EncodingError {
        state.invalid("nil", path, GobError.Fault.nilElement.description)
    }

    private func anotherType() -> EncodingError {
        state.invalid(self, path, "it had another Go type before")
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
        case .nothing, .single, .structure, .bytes:
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
            content = .nothing
            values[index] = value
            content = .list(values)
        case .map(var values):
            content = .nothing
            values[index] = value
            content = .map(values)
        case .nothing, .single, .bytes:
            preconditionFailure("a value where there is no container")
        }
    }

    /// The value that is being collected at a struct's field, since it may be asked for again.
    private func pendingField(_ key: some CodingKey) -> ValueToEncode? {
        guard !pending.isEmpty, case .structure = content,
            case .structure(let fields) = state.types.shape(of: place),
            let index = fields.firstIndex(where: { $0.name == key.stringValue })
        else { return nil }
        return pending.first { $0.index == index }?.value
    }

    private func lastIndex(of key: some CodingKey) -> Int {
        guard case .structure(let fields) = state.types.shape(of: place) else { return count - 1 }
        return fields.firstIndex { $0.name == key.stringValue } ?? count - 1
    }
}
