/// The types of several schemas in one, where equal types are one type.
package struct SchemaMerge: Sendable {
    /// The types.
    package private(set) var schema = GobSchema()
    /// The places of types, by all that there is of each.
    private var places: [GobSchema: TypeIndex] = [:]
    /// The schema whose types were added last, and their places.
    private var last = GobSchema()
    private var known: [TypeIndex: TypeIndex] = [:]

    /// Of a larger schema the types are not compared with others, which takes the square of its size.
    private static let sizeLimit = 500

    /// Nothing yet.
    package init() {}

    /// Adds a type with all that it needs.
    ///
    /// - Returns: Its place in the schema of all.
    package mutating func add(_ type: TypeIndex, of other: GobSchema) -> TypeIndex {
        if other != last {
            if !other.extends(last) { known = [:] }
            last = other
        }
        var pending: [(TypeIndex, TypeIndex)] = []
        let place = place(of: type, &pending)
        while let (type, place) = pending.popLast() {
            guard let definition = other[type] else { continue }
            let mapped = definition.mappingParts { self.place(of: $0, &pending) }
            schema.define(place, as: mapped, name: other.name(of: type))
        }
        return place
    }

    private mutating func place(
        of type: TypeIndex,
        _ pending: inout [(TypeIndex, TypeIndex)],
    ) -> TypeIndex {
        if Int(type.position) < Kind.builtIn.count { return type }
        if let place = known[type] { return place }
        let key = last.count <= Self.sizeLimit ? last.extracting(type).schema : nil
        let equal = key.flatMap { places[$0] }
        let place = equal ?? schema.reserve()
        known[type] = place
        if let key { places[key] = place }
        if equal == nil { pending.append((type, place)) }
        return place
    }
}
