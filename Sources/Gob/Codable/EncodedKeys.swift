/// What the names of keys mean for the Go type that a value has.
extension ValueToEncode {
    /// A key as the one of a Go map.
    func mapKey(_ key: some CodingKey) throws -> GobValue {
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

    /// The type of what is collected at a name on its own.
    func nestedType(_ name: String) -> LearntTypes.Place {
        switch state.types.shape(of: place) {
        case .structure(let fields):
            fields.first { $0.name == name }?.type ?? state.types.reserve(nil, name: "")
        case .map(_, let value): value
        case .unseen, .basic, .slice, .opaque, .same: state.types.reserve(nil, name: "")
        }
    }
}
