/// Types of the standard library whose own `init(from:)` would take a detour through containers.
extension GobValue {
    /// The value as one of the types that have a shortcut; `nil` for all others, and where it does
    /// not fit.
    func shortcut<Value: Decodable>(_ type: Value.Type) -> Value? {
        if type == [UInt8].self { return byteArray.map { same($0) } }
        if type == [String].self { return list(String.self).map { same($0) } }
        if type == [Int].self { return list(Int.self).map { same($0) } }
        if type == [Double].self { return list(Double.self).map { same($0) } }
        if type == [String: Int].self { return map(Int.self).map { same($0) } }
        if type == [String: String].self { return map(String.self).map { same($0) } }
        if type == [String: Double].self { return map(Double.self).map { same($0) } }
        return nil
    }

    private var byteArray: [UInt8]? {
        switch self {
        case .bytes(let bytes), .opaque(let bytes): bytes
        case .zero, .bool, .int, .uint, .float, .complex, .string, .invalidString, .list,
            .structure, .map, .interface:
            nil
        }
    }

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

    /// The same value, of a type that is known to be the same.
    private func same<Value, Same>(_ value: Value) -> Same {
        unsafe unsafeBitCast(value, to: Same.self)
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
