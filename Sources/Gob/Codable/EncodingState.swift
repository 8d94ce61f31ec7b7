/// What the encoders of one value share.
final class EncodingState {
    var types: LearntTypes
    let userInfo: [CodingUserInfoKey: any Sendable]
    private let depthLimit: Int
    private var depth = 0

    init(_ types: LearntTypes, userInfo: [CodingUserInfoKey: any Sendable], depth: Int) {
        self.types = types
        self.userInfo = userInfo
        depthLimit = depth
    }

    /// A value, which is `nil` for nil, and the place of its type.
    func encode<Value: Encodable>(
        _ value: Value,
        path: CodingStep,
    ) throws -> (GobValue?, LearntTypes.Place) {
        let place = self.place(of: Value.self)
        if let encoded = shortcut(value) { return (encoded, place) }
        if case .opaque = types.shape(of: place), let opaque = value as? any GobOpaque {
            return (.opaque(opaque.gobBytes), place)
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= depthLimit else {
            throw invalid(value, path, "\(GobError.Fault.limitExceeded(.depth, depthLimit))")
        }
        let target = ValueToEncode(self, place, path)
        try value.encode(to: target)
        return (try target.finish(), place)
    }

    /// The place of a Swift type, made the first time it is met.
    func place<Value: Encodable>(of type: Value.Type) -> LearntTypes.Place {
        let id = ObjectIdentifier(type)
        if let place = types.place(of: id) { return place }
        if let known = type as? any KnownShape.Type { return known.place(in: self) }
        guard let opaque = type as? any GobOpaque.Type else {
            return types.reserve(id, name: "\(type)")
        }
        let place = types.reserve(id, name: opaque.gobName)
        types.set(place, .opaque(opaque.gobEncoding))
        return place
    }

    /// The place of the type that a dictionary's keys are sent as.
    fileprivate func place<Key: Encodable>(ofKey type: Key.Type) -> LearntTypes.Place {
        guard type is any CodingKeyRepresentable.Type else { return place(of: type) }
        let isInteger = type is Int.Type || (type as? any RawRepresentable.Type)?.isInteger == true
        return LearntTypes.place(of: isInteger ? .int : .string)
    }

    func invalid(_ value: Any, _ path: CodingStep, _ why: String) -> EncodingError {
        .invalidValue(value, .init(codingPath: path.codingPath, debugDescription: why))
    }

    /// Values of the standard library whose own `encode(to:)` would take a detour.
    private func shortcut<Value>(_ value: Value) -> GobValue? {
        if Value.self == [UInt8].self { return .bytes(same(value)) }
        if Value.self == [String].self {
            return .list((same(value) as [String]).map { .string($0) })
        }
        if Value.self == [Int].self {
            return .list((same(value) as [Int]).map { .int(Int64($0)) })
        }
        if Value.self == [Double].self {
            return .list((same(value) as [Double]).map { .float($0) })
        }
        if Value.self == [String: Int].self {
            return map(same(value) as [String: Int]) { .int(Int64($0)) }
        }
        if Value.self == [String: String].self {
            return map(same(value) as [String: String]) { .string($0) }
        }
        if Value.self == [String: Double].self {
            return map(same(value) as [String: Double]) { .float($0) }
        }
        return nil
    }

    private func map<Value>(_ map: [String: Value], _ make: (Value) -> GobValue) -> GobValue {
        var pairs: [GobValue] = []
        pairs.reserveCapacity(2 * map.count)
        for (key, value) in map {
            pairs.append(.string(key))
            pairs.append(make(value))
        }
        return .map(pairs)
    }

    /// The same value, of a type that is known to be the same.
    private func same<Value, Same>(_ value: Value) -> Same {
        unsafe unsafeBitCast(value, to: Same.self)
    }
}

extension RawRepresentable {
    fileprivate static var isInteger: Bool { RawValue.self == Int.self }
}

/// A way into a value, for errors.
indirect enum CodingStep {
    case top
    case key(any CodingKey, CodingStep)
    case index(Int, CodingStep)

    var codingPath: [any CodingKey] {
        var path: [any CodingKey] = []
        var step = self
        while true {
            switch step {
            case .top: return path.reversed()
            case .key(let key, let outer):
                path.append(key)
                step = outer
            case .index(let index, let outer):
                path.append(GobCodingKey(index))
                step = outer
            }
        }
    }
}

/// Types of the standard library whose Go type is known without a value.
private protocol KnownShape {
    static func place(in state: EncodingState) -> LearntTypes.Place
}

extension EncodingState {
    fileprivate func alias(_ type: Any.Type, _ kind: Kind) -> LearntTypes.Place {
        types.alias(ObjectIdentifier(type), to: LearntTypes.place(of: kind))
        return LearntTypes.place(of: kind)
    }
}

extension Bool: KnownShape {
    fileprivate static func place(in state: EncodingState) -> LearntTypes.Place {
        state.alias(Self.self, .bool)
    }
}

extension String: KnownShape {
    fileprivate static func place(in state: EncodingState) -> LearntTypes.Place {
        state.alias(Self.self, .string)
    }
}

extension KnownShape where Self: BinaryFloatingPoint {
    fileprivate static func place(in state: EncodingState) -> LearntTypes.Place {
        state.alias(Self.self, .float)
    }
}

extension KnownShape where Self: FixedWidthInteger {
    fileprivate static func place(in state: EncodingState) -> LearntTypes.Place {
        state.alias(Self.self, isSigned ? .int : .uint)
    }
}

extension Double: KnownShape {}
extension Float: KnownShape {}
extension Int: KnownShape {}
extension Int8: KnownShape {}
extension Int16: KnownShape {}
extension Int32: KnownShape {}
extension Int64: KnownShape {}
extension UInt: KnownShape {}
extension UInt8: KnownShape {}
extension UInt16: KnownShape {}
extension UInt32: KnownShape {}
extension UInt64: KnownShape {}

extension Array: KnownShape where Element: Encodable {
    fileprivate static func place(in state: EncodingState) -> LearntTypes.Place {
        guard Element.self != UInt8.self else { return state.alias(Self.self, .bytes) }
        let element = state.place(of: Element.self)
        let place = state.types.reserve(ObjectIdentifier(Self.self), name: "")
        state.types.set(place, .slice(element))
        return place
    }
}

extension Dictionary: KnownShape where Key: Encodable, Value: Encodable {
    fileprivate static func place(in state: EncodingState) -> LearntTypes.Place {
        let key = state.place(ofKey: Key.self)
        let value = state.place(of: Value.self)
        let place = state.types.reserve(ObjectIdentifier(Self.self), name: "")
        state.types.set(place, .map(key: key, value: value))
        return place
    }
}

extension Optional: KnownShape where Wrapped: Encodable {
    fileprivate static func place(in state: EncodingState) -> LearntTypes.Place {
        let place = state.place(of: Wrapped.self)
        state.types.alias(ObjectIdentifier(Self.self), to: place)
        return place
    }
}

extension GobPointer: KnownShape where Pointee: Encodable {
    fileprivate static func place(in state: EncodingState) -> LearntTypes.Place {
        let place = state.place(of: Pointee.self)
        state.types.alias(ObjectIdentifier(Self.self), to: place)
        return place
    }
}
