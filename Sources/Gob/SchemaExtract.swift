extension GobSchema {
    /// The schema of one type alone, numbered in a fixed order, so that equal types are equal here; and
    /// the type in it.
    package func extracting(_ root: TypeIndex) -> (schema: GobSchema, type: TypeIndex) {
        var extract = GobSchema()
        var places: [TypeIndex: TypeIndex] = [:]
        var pending: [TypeIndex] = []
        func place(of type: TypeIndex) -> TypeIndex {
            if type.position < Kind.builtIn.count { return type }
            if let place = places[type] { return place }
            let place = extract.reserve()
            places[type] = place
            pending.append(type)
            return place
        }
        let type = place(of: root)
        var done = 0
        while done < pending.count {
            let type = pending[done]
            done += 1
            guard let place = places[type], let definition = self[type] else { continue }
            let mapped = definition.mappingParts(place(of:))
            extract.define(place, as: mapped, name: name(of: type))
        }
        return (extract, type)
    }
}

extension GobType {
    /// The same type, its references put through a function.
    func mappingParts(_ transform: (TypeIndex) -> TypeIndex) -> GobType {
        switch self {
        case .basic, .opaque: self
        case .array(let element, let count): .array(element: transform(element), count: count)
        case .slice(let element): .slice(element: transform(element))
        case .structure(let fields):
            .structure(fields.map { GobField($0.name, transform($0.type)) })
        case .map(let key, let value): .map(key: transform(key), value: transform(value))
        }
    }
}
