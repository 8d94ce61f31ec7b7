/// What was expected where a stream breaks, in words.
extension InspectionLines {
    /// What should have come at a break.
    func expectation(of entry: InspectionLog.Entry) -> String {
        switch entry.part {
        case .messageLength: "the length of a message"
        case .typeID: "the id of a type"
        case .zero: "a 0 before a value that is no struct"
        case .value(let type, _): expectation(ofValue: type)
        case .field:
            "the next field of \(structures[entry.depth].map(name) ?? "a struct"), or 0 at its end"
        case .interfaceLength: "the length of the value in an interface"
        case .restLength: "the length of the rest of the message"
        case .surplus: "the next message"
        case .definition(.field(let wireStruct, _)):
            "the next field of \(wireStruct.name), or 0 at its end"
        case .definition(.name): "a name"
        case .definition(.id): "the id of a type"
        case .definition(.arrayLength): "the length of an array"
        case .definition(.fieldCount): "the number of fields"
        case .definition(.end): "the end of the definition of a new type"
        }
    }

    private func expectation(ofValue type: TypeIndex) -> String {
        switch types.schema.kind(of: type) {
        case .array, .slice: "the number of elements of \(name(type))"
        case .map: "the number of entries of \(name(type))"
        case .interface: "the name of the type in an interface"
        case .structure: "a field of \(name(type)), or 0 at its end"
        case .bool, .int, .uint, .float, .bytes, .string, .complex, .opaque, nil:
            "a value of \(name(type))"
        }
    }

    private func name(_ type: TypeIndex) -> String { types.schema.displayName(of: type) }
}
