import Gob

/// What Go's decoder knows of received types.
extension GobSchema {
    /// How Go calls a received type in an error: the name in its definition, which may be none
    /// (type.go, `wireType.string`).
    func wireName(of type: TypeIndex) -> String {
        guard case .basic(let kind) = self[type] else { return name(of: type) }
        return "\(kind)"
    }

    /// The type of the elements of an array or a slice.
    func element(of type: TypeIndex) -> TypeIndex? {
        switch self[type] {
        case .array(let element, _), .slice(let element): element
        case .basic, .structure, .map, .opaque, nil: nil
        }
    }

    /// Whether values of two types are the same bytes, field by field.
    func isSame(_ first: TypeIndex, _ second: TypeIndex) -> Bool {
        var seen: Set<[TypeIndex]> = []
        var pending = [(first, second)]
        while let (one, other) = pending.popLast() {
            guard one != other, seen.insert([one, other]).inserted else { continue }
            switch (self[one], self[other]) {
            case (.array(let one, let count), .array(let other, let otherCount)):
                guard count == otherCount else { return false }
                pending.append((one, other))
            case (.slice(let one), .slice(let other)): pending.append((one, other))
            case (.map(let key, let value), .map(let otherKey, let otherValue)):
                pending += [(key, otherKey), (value, otherValue)]
            case (.structure(let fields), .structure(let others)):
                guard fields.map(\.name) == others.map(\.name) else { return false }
                pending += zip(fields, others).map { ($0.type, $1.type) }
            case (.opaque(let one), .opaque(let other)):
                guard one == other else { return false }
            case (.basic, _), (.array, _), (.slice, _), (.map, _), (.structure, _), (.opaque, _),
                (nil, _):
                return false
            }
        }
        return true
    }
}
