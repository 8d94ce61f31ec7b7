/// Types of the standard library whose own `init(from:)` would take a detour through containers.
///
/// An enum, since an optional of the type itself would have to be made at run time.
enum Shortcut {
    case none, bytes, strings, integers, doubles, integerMap, stringMap, doubleMap

    /// The shortcut for a type.
    init(_ type: ObjectIdentifier) {
        self =
            switch type {
            case ObjectIdentifier([UInt8].self): .bytes
            case ObjectIdentifier([String].self): .strings
            case ObjectIdentifier([Int].self): .integers
            case ObjectIdentifier([Double].self): .doubles
            case ObjectIdentifier([String: Int].self): .integerMap
            case ObjectIdentifier([String: String].self): .stringMap
            case ObjectIdentifier([String: Double].self): .doubleMap
            default: .none
            }
    }
}

extension GobValue {
    /// The value as one of a type, by its shortcut if it has one and the value fits.
    func shortcut<Value: Decodable>(
        to type: Value.Type,
        else detour: () throws -> Value,
    ) throws -> Value {
        switch Shortcut(ObjectIdentifier(type)) {
        case .none: break
        case .bytes: if let bytes = byteArray { return same(bytes) }
        case .strings: if let list = list(String.self) { return same(list) }
        case .integers: if let list = list(Int.self) { return same(list) }
        case .doubles: if let list = list(Double.self) { return same(list) }
        case .integerMap: if let map = map(Int.self) { return same(map) }
        case .stringMap: if let map = map(String.self) { return same(map) }
        case .doubleMap: if let map = map(Double.self) { return same(map) }
        }
        return try detour()
    }

    /// The same value, of a type that is known to be the same.
    private func same<Value, Same>(_ value: Value) -> Same {
        unsafe unsafeBitCast(value, to: Same.self)
    }

    /// The bytes, where it has them.
    private var byteArray: [UInt8]? {
        switch self {
        case .bytes(let bytes), .opaque(let bytes): bytes
        case .zero, .bool, .int, .uint, .float, .complex, .string, .invalidString, .list,
            .structure, .map, .interface:
            nil
        }
    }

    /// The elements, where it is a list of such.
    private func list<Element: FromScalar>(_ type: Element.Type) -> [Element]? {
        guard case .list(let values) = self else { return nil }
        var elements: [Element] = []
        elements.reserveCapacity(values.count)
        for value in values {
            guard let element = Element(scalar: value) else { return nil }
            elements.append(element)
        }
        return elements
    }

    /// The entries, where it is a map of such.
    private func map<Element: FromScalar>(_ type: Element.Type) -> [String: Element]? {
        guard case .map(let values) = self else { return nil }
        var map = [String: Element](minimumCapacity: values.count / 2)
        for index in stride(from: 0, to: values.count, by: 2) {
            guard case .string(let key) = values[index],
                let element = Element(scalar: values[index + 1])
            else { return nil }
            map[key] = element
        }
        return map
    }
}

extension ValueToDecode {
    /// The value of a type that writes itself.
    func opaque<Value: GobOpaque>(_ type: Value.Type) throws -> Value {
        guard case .opaque(let bytes) = value else { return Value.gobZero }
        guard let value = Value(gobBytes: bytes) else {
            throw corrupted("the bytes are no \(Value.gobName)")
        }
        return value
    }
}

/// What a scalar becomes, where it is exactly that.
private protocol FromScalar {
    init?(scalar: GobValue)
}

extension String: FromScalar {
    init?(scalar: GobValue) {
        guard case .string(let text) = scalar else { return nil }
        self = text
    }
}

extension Int: FromScalar {
    init?(scalar: GobValue) {
        guard case .int(let number) = scalar else { return nil }
        self = Int(number)
    }
}

extension Double: FromScalar {
    init?(scalar: GobValue) {
        guard case .float(let number) = scalar else { return nil }
        self = number
    }
}
