import Gob

/// What Go's decoder passes over, and where it then loses its place in the stream.
///
/// It passes over an interface by its length, also where it is nil and has none, and without a look
/// at the definitions inside (decode.go, `ignoreInterface`; golang/go#34879).
struct PassedOver {
    private let schema: GobSchema
    /// The types that are defined so far.
    private var defined: Set<TypeIndex> = []

    init(schema: GobSchema) {
        self.schema = schema
    }

    /// Takes note that a type is defined with all its parts, if it was not before.
    ///
    /// - Returns: Whether it was not.
    @discardableResult
    mutating func define(_ type: TypeIndex) -> Bool {
        if case .basic = schema[type] { return false }
        guard defined.insert(type).inserted else { return false }
        var pending = [type]
        while let next = pending.popLast() {
            pending += schema.parts(of: next).filter { defined.insert($0).inserted }
        }
        return true
    }

    /// Passes over a value.
    ///
    /// - Throws: ``GoRefusal`` where Go takes what follows for something else.
    mutating func pass(_ value: GobValue, _ type: TypeIndex) throws(GoRefusal) {
        var pending = [(value: value, type: type, isInside: false)]
        while let (value, type, isInside) = pending.popLast() {
            switch (value, schema[type]) {
            case (.zero, .basic(.interface)) where !isInside: throw .misread(.nilPassedOver)
            case (.interface(let content), _):
                if define(content.type), isInside { throw .misread(.definitionPassedOver) }
                pending.append((content.value, content.type, true))
            case (.structure(let values), .structure(let fields)):
                for (value, field) in zip(values, fields).reversed() where value != .zero {
                    pending.append((value, field.type, isInside))
                }
            case (.list(let values), .slice(let element)),
                (.list(let values), .array(let element, _)):
                pending += values.reversed().map { ($0, element, isInside) }
            case (.map(let pairs), .map(let key, let part)):
                for index in stride(from: pairs.count - 2, through: 0, by: -2) {
                    pending.append((pairs[index + 1], part, isInside))
                    pending.append((pairs[index], key, isInside))
                }
            case (_, .basic), (_, .structure), (_, .slice), (_, .array), (_, .map), (_, .opaque),
                (_, nil):
                break
            }
        }
    }
}
