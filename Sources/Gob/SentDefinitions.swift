/// The definitions with which a fresh stream begins, for a value of a type.
///
/// A class, so that handing it on is one reference and not one for each of its parts.
final class SentDefinitions: Sendable {
    let schema: GobSchema
    let type: TypeIndex
    let isStructure: Bool
    /// The id of the type in such a stream.
    let id: TypeID
    let bytes: [UInt8]
    /// What the stream has sent then.
    let types: SentTypes

    init(of type: TypeIndex, in schema: GobSchema) throws(GobError.Fault) {
        var stream = StreamWriter(types: SentTypes(), limits: GobLimits())
        try stream.define(type, in: schema)
        guard let id = stream.types.id(of: type) else { throw .undefinedType(id: 0) }
        self.schema = schema
        self.type = type
        isStructure = schema.kind(of: type) == .structure
        self.id = id
        types = stream.types
        bytes = stream.messages.top.bytes()
    }
}
