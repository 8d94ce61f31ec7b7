import Gob

/// How received fields get into the fields of the receiver's structs.
extension GoConversion {
    /// Refuses a field that is behind a nil pointer to an embedded struct, as Go panics there.
    func reach(
        _ destination: GoPromotion.Destination,
        _ name: String,
        in fields: [GobValue],
    ) throws(GoRefusal) {
        var fields = fields
        for step in destination.steps.dropLast() {
            let value = step.number.map { fields[$0] } ?? .zero
            if layout.nodes[step.type].pointers > 0, value == .zero {
                throw .nilEmbedded(name, type: layout.spelling(of: step.type))
            }
            guard case .structure(let inner) = value else { return }
            fields = inner
        }
    }

    /// Stores a value in a field, perhaps one of a struct that is embedded; where that is not
    /// exported, and so never sent on, its value is not kept.
    func store(
        _ value: GobValue,
        at steps: ArraySlice<GoPromotion.Destination.Step>,
        in fields: inout [GobValue],
    ) {
        guard let step = steps.first, let number = step.number else { return }
        guard steps.count > 1 else {
            fields[number] = value
            return
        }
        guard case .structure(var inner) = fields[number] else { return }
        fields[number] = .zero
        store(value, at: steps.dropFirst(), in: &inner)
        fields[number] = .structure(inner)
    }

    /// Notes the fields of the receiver's struct into which nothing can come.
    mutating func noteMissing(
        _ plan: [GoCompatibility.Field?],
        _ base: Int,
        _ remote: TypeIndex,
    ) {
        guard case .structure(let fields) = layout.nodes[base].shape else { return }
        let reached = Set(plan.map { $0?.destination.steps.first?.number })
        for field in fields where field.number != nil && !reached.contains(field.number) {
            note(.missing(from: schema.displayName(of: remote)), in: field.name)
        }
    }
}
